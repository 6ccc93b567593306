import * as z from 'zod'

/** The setting `kinds`: how single tasks are proven. */
export const kinds = z
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
  )

/** The setting `documents`: what a feature must have. */
export const documents = z
  .strictObject({
    optional: z
      .array(z.string())
      .default([])
      .describe('Documents that may be missing, such as ["plan.md"].'),
  })
  .prefault({})
  .describe('Documents that a feature must have.')

/** The setting `standards`: which check proves which of them. */
export const standards = z
  .record(z.string(), z.string())
  .default({})
  .describe(
    'Which check proves which standard of the final checklist, such as {"Consistency": "integrity"}. A human confirms the others.',
  )

/** The setting `red`: what counts as RED. */
export const red = z
  .strictObject({
    allowMissing: z
      .enum(['test', 'never'])
      .default('test')
      .describe(
        'Whether a missing module of the project counts as RED. test: for tasks of kind test; never.',
      ),
  })
  .prefault({})
  .describe('Rules for RED.')

/** The setting `bite`: the mutation check. */
export const bite = z
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
        .describe(
          'Longest duration of the mutation check of one task. As long as the tests notice nothing, the first changes may take up to 15 times as long, so that slow tests are checked, too.',
        ),
    }),
    z.literal(false),
  ])
  .prefault({})
  .describe(
    'The mutation check: after GREEN the server changes the code of the task in a temporary checkout, and the tests of the task must notice it. false: no check.',
  )
