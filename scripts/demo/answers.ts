import * as z from 'zod'

const TOOLS = [
  'next_task',
  'record_red',
  'record_green',
  'mark_complete',
  'run_validation',
] as const

const next = z.object({
  tool: z.enum(TOOLS).nullable(),
  arguments: z.record(z.string(), z.unknown()),
})

const counts = z.object({ passed: z.number(), failed: z.number() })

const progress = z.object({
  done: z.number(),
  total: z.number(),
  percent: z.number(),
  claimed: z.number(),
  owed: z.number(),
})

const task = z.object({ id: z.string(), title: z.string(), kind: z.string() })

const test = z.object({ id: z.string(), outcome: z.string(), message: z.string().optional() })

const mark = z.object({ path: z.string(), line: z.number(), from: z.string(), to: z.string() })

const gate = z.object({
  name: z.string(),
  passed: z.boolean(),
  summary: z.string(),
  findings: z.array(z.string()),
})

/** The fields of each answer that the demo uses. */
export const answers = {
  next_task: z.object({
    task: task.nullable(),
    alsoReady: z.array(z.object({ id: z.string() })),
    messages: z.array(z.string()),
    progress,
    next,
  }),
  record_red: z.object({ tests: z.array(test), counts, next }),
  record_green: z.object({ tests: z.array(test), counts, next }),
  mark_complete: z.object({
    marked: z.array(mark),
    suite: z.object({ ran: z.string(), counts }),
    phase: z.object({ needsPerson: z.string().optional() }),
    messages: z.array(z.string()),
    progress,
    next,
  }),
  run_validation: z.object({
    passed: z.boolean(),
    attempt: z.number(),
    gates: z.array(gate),
    messages: z.array(z.string()),
    next,
  }),
} satisfies Record<ToolName, z.ZodObject>

export type ToolName = (typeof TOOLS)[number]
export type Answer<Name extends ToolName> = z.infer<(typeof answers)[Name]>
export type Next = z.infer<typeof next>
export type Progress = z.infer<typeof progress>
