import path from 'node:path'
import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser'
import * as z from 'zod'
import { REPORT_FORMATS } from '../runner/frameworks/custom.ts'
import { hashOf } from '../evidence/chain.ts'
import { readBytes } from './files.ts'
import { validationSchema } from './validation-settings.ts'
import type { Workspace } from './workspace.ts'

/** The settings file is there but says something that it cannot say. */
export class BadSettings extends Error {
  override name = 'BadSettings'
}

export const SETTINGS_FILE = 'redgreen.config.json'

const argv = z.array(z.string().min(1)).min(1)

const schema = z.strictObject({
  $schema: z.string().optional(),
  dialect: z.string().default('auto'),
  commands: z
    .strictObject({
      tests: z
        .union([
          z.strictObject({ framework: z.string() }),
          z.strictObject({
            file: argv,
            all: argv.optional(),
            report: z.enum(REPORT_FORMATS),
            name: argv.optional(),
          }),
        ])
        .optional(),
      types: argv.optional(),
      lint: argv.optional(),
      prepare: argv.optional(),
    })
    .prefault({}),
  checks: z.record(z.string(), argv).default({}),
  limits: z
    .strictObject({
      fullRuns: z.int().min(1).default(3),
      validationAttempts: z.int().min(1).default(3),
      timeoutSeconds: z.number().positive().default(600),
      pauseHours: z.number().positive().default(4),
      outputMegabytes: z.number().positive().default(256),
      /** How long a call to the server waits for a run; clients give up after 60 s. */
      answerSeconds: z.number().min(1).max(45).default(45),
      leaseMinutes: z.number().positive().default(30),
    })
    .prefault({}),
  kinds: z
    .array(
      z.strictObject({
        tasks: z.string(),
        kind: z.enum(['build', 'test', 'cover', 'check', 'person']),
      }),
    )
    .default([]),
  approval: z
    .strictObject({
      required: z
        .enum(['dialect', 'phase', 'always', 'never'])
        .default('dialect')
        .describe(
          "Who has to agree to a plan before its first task: as its workflow has it (dialect); the same, and the phase in the workflow's own database is enough where it keeps no other approval, as in SpecFlow (phase); a person in any case (always); nobody (never).",
        ),
      channels: z
        .array(z.enum(['terminal', 'page', 'elicitation']))
        .optional()
        .describe(
          'How a person may be asked beside the terminal, which always may: with elicitation, approvals, phases, standards and tasks for a person are confirmed in a form of the MCP client. Added after the work has begun, it counts when a person has approved that at a terminal. Leave it out where a client answers by itself. page: not used by this version.',
        ),
    })
    .prefault({}),
  documents: z.strictObject({ optional: z.array(z.string()).default([]) }).prefault({}),
  validation: validationSchema.optional(),
  standards: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'Which of the checks proves which point of the last checklist, such as {"Consistency": "integrity"}; what no check proves, a person confirms.',
    ),
  red: z.strictObject({ allowMissing: z.enum(['test', 'never']).default('test') }).prefault({}),
})

/** What a person has settled for the workspace, with the defaults filled in. */
export interface Settings extends z.infer<typeof schema> {
  /** Hash of what the file says, `none` without a file. */
  hash: string
}

/** The settings of a workspace; throws `BadSettings`. */
export function readSettings(workspace: Workspace): Settings {
  const bytes = readBytes(path.join(workspace.root, SETTINGS_FILE))
  if (!bytes) return { ...schema.parse({}), hash: 'none' }
  const content = parseJson(bytes.toString('utf8'))
  const settings = schema.safeParse(content)
  if (!settings.success) throw new BadSettings(z.prettifyError(settings.error))
  return { ...settings.data, hash: hashOf(content) }
}

/** The JSON Schema of the settings file, for editors. */
export function settingsSchema(): object {
  return z.toJSONSchema(schema, { io: 'input' })
}

function parseJson(text: string): unknown {
  const errors: ParseError[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const [first] = errors
  if (!first) return value
  const line = text.slice(0, first.offset).split('\n').length
  throw new BadSettings(`line ${line}: ${printParseErrorCode(first.error)}`)
}
