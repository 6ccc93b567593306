import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { defineTool, input, next } from '../../src/tools/tool.ts'
import type { Call } from '../../src/workflow/context/call.ts'

const call: Call = {
  root: '.',
  holder: { id: 'test', name: 'test', pid: process.pid, startTime: '', host: '' },
  frontend: { describeStep: () => '' },
  signal: new AbortController().signal,
  note: () => undefined,
}

describe('a tool', () => {
  it('validates its arguments once, before the step runs', async () => {
    const validated: string[] = []
    const tool = defineTool({
      name: 'next_task',
      title: 'Next task',
      description: 'A tool.',
      input: input({
        task: z.string().transform(id => {
          validated.push(id)
          return id.toUpperCase()
        }),
      }),
      output: z.looseObject({ next }),
      changes: 'nothing',
      run: (_call, { task }) => Promise.resolve({ task }),
      format: ({ task }) => `${task} is here.`,
    })
    const prepared = tool.prepare({ task: 't001' })
    expect(prepared.arguments).toEqual({ task: 'T001' })
    expect(await prepared.run(call)).toEqual({
      structured: { task: 'T001' },
      text: 'T001 is here.',
    })
    expect(validated).toEqual(['t001'])
    expect(() => tool.prepare({ tasks: [] })).toThrow(/`task` is missing.*There is no argument/)
  })
})
