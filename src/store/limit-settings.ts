import * as z from 'zod'

/** The setting `limits`: time, output and repetition. */
export const limits = z
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
  .describe('Limits of time, output and repetition.')
