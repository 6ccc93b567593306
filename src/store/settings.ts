import { parse, type ParseError } from 'jsonc-parser'
import * as z from 'zod'
import { dialects } from '../dialects/index.ts'
import { REPORT_FORMATS } from '../runner/frameworks/custom.ts'
import { hashOf } from '../evidence/chain.ts'
import { EVIDENCE_CLASSES } from '../evidence/evidence-class.ts'
import { formatList } from '../plan/format-list.ts'
import { SETTINGS_FILE } from '../plan/settings-file.ts'
import { withinStack } from '../plan/within-stack.ts'
import { readWorkspaceFile } from './workspace-file.ts'
import { validationSchema } from './validation-settings.ts'
import { Outside, type Workspace } from './workspace.ts'
import { describeIssues, describeSyntax } from './settings-errors.ts'
import { sharedStore } from './shared-settings.ts'

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

const argv = z.array(z.string().min(1)).min(1)
const judge = z.union([argv, z.literal(false)])

const schema = z.strictObject({
  $schema: z
    .string()
    .optional()
    .describe(
      'JSON Schema for editors, such as "./node_modules/redgreen-mcp/schema/redgreen.config.schema.json".',
    ),
  dialect: z
    .string()
    .default('auto')
    .describe(
      `Format of the plans, one of ${formatList(dialects.map(({ name }) => name))}. auto: detected from the files.`,
    ),
  plan: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Markdown checklist that is the plan, such as "PLAN.md". Other plans are then used only if a call names them. Default: detected from the files.',
    ),
  commands: z
    .strictObject({
      tests: z
        .union([
          z.strictObject({
            framework: z
              .string()
              .describe('Name of a supported test runner, such as vitest or pytest.'),
          }),
          z.strictObject({
            file: argv.describe(
              'Command that runs test files. {files} stands for the files, {report} for the path of the report, such as ["pytest", "{files}", "--junit-xml={report}"].',
            ),
            all: argv
              .optional()
              .describe('Command that runs the full suite; default: file without {files}.'),
            report: z
              .enum(REPORT_FORMATS)
              .describe('Format of the report. Without {report} it is read from standard output.'),
            name: argv
              .optional()
              .describe(
                'Arguments for each test name. {name} stands for the name, {path} for the name with its suites, such as ["-k", "{name}"].',
              ),
          }),
        ])
        .optional()
        .describe(
          'How tests are run: {framework}, or {file, report, all, name} for another command. Default: detected.',
        ),
      types: judge
        .optional()
        .describe(
          'Type checker, such as ["npx", "tsc", "--noEmit"], or false for none. Default: the script of the project, else detected.',
        ),
      lint: judge
        .optional()
        .describe(
          'Linter, such as ["npx", "eslint", "."], or false for none. Default: the script of the project, else detected.',
        ),
      warm: z
        .boolean()
        .default(true)
        .describe(
          'Whether record_red and record_green may run tests in a Vitest or node --test that was started before. false: each run starts its own.',
        ),
      prepare: argv
        .optional()
        .describe(
          'Command that installs dependencies into a temporary checkout, such as ["npm", "ci"]. Default: the installed dependencies are linked.',
        ),
    })
    .prefault({})
    .describe('Programs that the server runs, as argument lists without a shell.'),
  checks: z
    .record(z.string(), argv)
    .default({})
    .describe(
      'Commands that prove tasks of kind check, by name, such as {"build": ["npm", "run", "build"]}.',
    ),
  limits: z
    .strictObject({
      fullRuns: z
        .int()
        .min(1)
        .default(3)
        .describe(
          'Runs of the full suite in one working period. One is reserved for the validation.',
        ),
      validationAttempts: z
        .int()
        .min(1)
        .default(3)
        .describe('Validation attempts in one working period.'),
      timeoutSeconds: z
        .number()
        .positive()
        .default(600)
        .describe('Longest duration of one run of a program.'),
      pauseHours: z
        .number()
        .positive()
        .default(4)
        .describe('A working period ends after this time without an event.'),
      outputMegabytes: z
        .number()
        .positive()
        .default(256)
        .describe('A program that prints more than this is stopped.'),
      answerSeconds: z
        .number()
        .min(1)
        .max(45)
        .default(45)
        .describe(
          'How long a tool call waits for a run before it answers with running. Most clients give up after 60 s.',
        ),
      leaseMinutes: z
        .number()
        .positive()
        .default(30)
        .describe('How long a task stays reserved for an assistant without activity.'),
    })
    .prefault({})
    .describe('Limits of time, output and repetition.'),
  kinds: z
    .array(
      z.strictObject({
        tasks: z.string().describe('Task ids and ranges, such as "T001-T005, T009".'),
        kind: z
          .enum(['build', 'test', 'cover', 'refactor', 'check', 'person'])
          .describe(
            'build: its tests fail, then pass. test: its tests fail, the code comes later. cover: tests of existing code. refactor: the same tests pass before and after. check: files or a named check. person: a human confirms it.',
          ),
      }),
    )
    .default([])
    .describe(
      'Kind of proof of single tasks, instead of the detected kind. A later rule overrides an earlier one.',
    ),
  approval: z
    .strictObject({
      required: z
        .enum(['dialect', 'phase', 'always', 'never'])
        .default('dialect')
        .describe(
          "Whether a human must approve a plan before its first task. dialect: as the plan's workflow does; phase: the same, but a phase in the workflow's own database is enough if there is no other approval (SpecFlow); always; never.",
        ),
      channels: z
        .array(z.enum(['terminal', 'page', 'elicitation']))
        .optional()
        .describe(
          'How a human may be asked, besides the terminal. elicitation: in a form of the MCP client. If you add one after the work began, it counts after redgreen approve on a terminal. Do not add elicitation if the client answers forms by itself. page: on the live page of redgreen serve, with the token that it prints at each start. If an assistant can read that output, for example in a log file, it can decide as you can.',
        ),
    })
    .prefault({})
    .describe('Approval of plans and settings.'),
  documents: z
    .strictObject({
      optional: z
        .array(z.string())
        .default([])
        .describe('Documents that may be missing, such as ["plan.md"].'),
    })
    .prefault({})
    .describe('Documents that a feature must have.'),
  validation: validationSchema
    .optional()
    .describe('The application that run_validation starts, and what it checks.'),
  standards: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'Which check proves which standard of the final checklist, such as {"Consistency": "integrity"}. A human confirms the others.',
    ),
  red: z
    .strictObject({
      allowMissing: z
        .enum(['test', 'never'])
        .default('test')
        .describe(
          'Whether a missing module of the project counts as RED. test: for tasks of kind test; never.',
        ),
    })
    .prefault({})
    .describe('Rules for RED.'),
  bite: z
    .union([
      z.strictObject({
        minimum: z
          .number()
          .positive()
          .default(1)
          .describe(
            'How many changes of the code the tests of a task must notice. Below 1: which share of them, such as 0.8.',
          ),
        budgetSeconds: z
          .number()
          .positive()
          .default(20)
          .describe('Longest duration of the mutation check of one task.'),
      }),
      z.literal(false),
    ])
    .prefault({})
    .describe(
      'The mutation check: after GREEN the server changes the code of the task in a temporary checkout, and the tests of the task must notice it. false: no check.',
    ),
  hooks: z
    .strictObject({
      frozen: z
        .enum(['inform', 'deny'])
        .default('inform')
        .describe(
          'What redgreen hook does before an edit of a test file that is frozen since RED. inform: it says what happens if the file changes; deny: it refuses the edit.',
        ),
    })
    .prefault({})
    .describe('Rules of the hooks that redgreen init --hooks installs.'),
  verify: z
    .strictObject({
      allow: z
        .array(z.enum(EVIDENCE_CLASSES))
        .optional()
        .describe(
          'Kinds of weaker evidence that redgreen verify accepts, such as ["late", "waived", "human"]. Each other kind that a task has is a finding. assertion, refactor, check and no-mutation-check are always accepted. Default: verify names them, and none is a finding. In CI, verify --allow overrides it.',
        ),
    })
    .prefault({})
    .describe('What redgreen verify accepts.'),
  witness: z
    .strictObject({
      key: z
        .string()
        .regex(/^[\w-]{40,100}$/)
        .describe(
          'Public key of the witness, which redgreen witness prints. verify --witness-key overrides it.',
        ),
    })
    .optional()
    .describe(
      'A witness is wanted: a process of another account that keeps the hash of each event, see docs/witness.md. Its address and its token are in the environment of the server, not here.',
    ),
  shared: sharedStore
    .optional()
    .describe(
      'A store that several clones of the project share, so that servers on several machines work on one plan, see docs/shared-store.md. Default: the files of the clone. REDGREEN_SHARED_URL overrides the address.',
    ),
})

/** Only a checklist has to be named. */
const consistent = schema
  .refine(({ plan, dialect }) => plan === undefined || isDialect(dialect), {
    path: ['dialect'],
    error: ({ input }) =>
      `There is no dialect ${JSON.stringify(dialectIn(input))}. It is one of auto, ${formatList(dialects.map(({ name }) => name))}.`,
  })
  .refine(
    ({ plan, dialect }) =>
      plan === undefined || ['auto', 'checklist'].includes(dialect) || !isDialect(dialect),
    {
      path: ['plan'],
      message: 'A plan that is named is a checklist. Remove "dialect", or remove "plan".',
    },
  )

function isDialect(name: string): boolean {
  return name === 'auto' || dialects.some(dialect => dialect.name === name)
}

function dialectIn(input: unknown): unknown {
  return z.object({ dialect: z.string() }).safeParse(input).data?.dialect
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
  const settings = consistent.safeParse(content)
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
