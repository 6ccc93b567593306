import { parse, type ParseError } from 'jsonc-parser'
import * as z from 'zod'
import { hashOf } from '../evidence/chain.ts'
import { SETTINGS_FILE } from '../plan/settings-file.ts'
import { withinStack } from '../plan/within-stack.ts'
import { readWorkspaceFile } from './workspace-file.ts'
import { Outside, type Workspace } from './workspace.ts'
import { describeIssues, describeSyntax } from './settings-errors.ts'
import { consistentSchema, schema } from './settings-schema.ts'

/** The settings file exists but is invalid. */
export class BadSettings extends Error {
  override name = 'BadSettings'
  /** What is wrong, a sentence each. */
  readonly issues: readonly string[]

  constructor(...issues: string[]) {
    super(issues.join('; '))
    this.issues = issues
  }
}

/** The settings of the workspace, with defaults filled in. */
export interface Settings extends z.infer<typeof schema> {
  /** Hash of the file's content; `none` if there is no file. */
  hash: string
}

/** The settings of a workspace; throws `BadSettings`. */
export function readSettings(workspace: Workspace): Settings {
  const text = settingsIn(workspace)?.toString('utf8')
  if (latest && latest.text === text) return latest.settings
  const settings = parsed(text)
  latest = { text, settings }
  return settings
}

/** A step reads the same file several times, and to check it takes longer than to read it. */
let latest: { text: string | undefined; settings: Settings } | undefined

function parsed(text: string | undefined): Settings {
  if (text === undefined) return { ...schema.parse({}), hash: 'none' }
  const content = parseJson(text)
  const settings = consistentSchema.safeParse(content)
  if (!settings.success)
    throw new BadSettings(...describeIssues(settings.error.issues, settingsSchema()))
  return { ...settings.data, hash: hashOf(content) }
}

/** A link to a file outside of the workspace is not followed, because a message could repeat what that file says. */
function settingsIn(workspace: Workspace): Buffer | undefined {
  try {
    return readWorkspaceFile(workspace, SETTINGS_FILE)
  } catch (error) {
    if (error instanceof Outside) throw new BadSettings(`it ${error.why}.`)
    throw error
  }
}

/** The JSON Schema of the settings file, for editors. */
export function settingsSchema(): object {
  return z.toJSONSchema(schema, { io: 'input' })
}

function parseJson(text: string): unknown {
  const errors: ParseError[] = []
  const value: unknown = withinStack(() => parse(text, errors, { allowTrailingComma: true }))
  if (value === undefined && errors.length === 0) throw new BadSettings('it is nested too deeply')
  const [first] = errors
  if (!first) return value
  throw new BadSettings(describeSyntax(text, first))
}
