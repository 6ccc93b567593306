import * as z from 'zod'
import { EVIDENCE_CLASSES } from '../evidence/evidence-class.ts'

/** The setting `approval`: what a human decides, and how they are asked. */
export const approval = z
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
  .describe('Approval of plans and settings.')

/** The setting `hooks`: what the hooks of clients refuse. */
export const hooks = z
  .strictObject({
    frozen: z
      .enum(['inform', 'deny'])
      .default('inform')
      .describe(
        'What redgreen hook does before an edit of a test file that is frozen since RED. inform: it says what happens if the file changes; deny: it refuses the edit.',
      ),
  })
  .prefault({})
  .describe('Rules of the hooks that redgreen init --hooks installs.')

/** The setting `verify`: which weaker evidence is accepted. */
export const verify = z
  .strictObject({
    allow: z
      .array(z.enum(EVIDENCE_CLASSES))
      .optional()
      .describe(
        'Kinds of weaker evidence that redgreen verify accepts, such as ["late", "waived", "human"]. Each other kind that a task has is a finding. assertion, refactor, check and no-mutation-check are always accepted. Default: verify names them, and none is a finding. In CI, verify --allow overrides it.',
      ),
  })
  .prefault({})
  .describe('What redgreen verify accepts.')

/** The setting `witness`: whose statement counts. */
export const witness = z
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
  )
