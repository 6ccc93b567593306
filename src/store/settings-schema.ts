import * as z from 'zod'
import { dialects } from '../dialects/index.ts'
import { formatList } from '../plan/format-list.ts'
import { checks, commands } from './command-settings.ts'
import { limits } from './limit-settings.ts'
import { approval, hooks, verify, witness } from './policy-settings.ts'
import { bite, documents, kinds, red, standards } from './proof-settings.ts'
import { sharedStore } from './shared-settings.ts'
import { validationSchema } from './validation-settings.ts'

/** The settings file. Its keys are documented in this order. */
export const schema = z.strictObject({
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
  commands,
  checks,
  limits,
  kinds,
  approval,
  documents,
  validation: validationSchema
    .optional()
    .describe('The application that run_validation starts, and what it checks.'),
  standards,
  red,
  bite,
  hooks,
  verify,
  witness,
  shared: sharedStore
    .optional()
    .describe(
      'A store that several clones of the project share, so that servers on several machines work on one plan, see docs/shared-store.md. Default: the files of the clone. REDGREEN_SHARED_URL overrides the address.',
    ),
})

/** Only a checklist has to be named. */
export const consistentSchema = schema
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
