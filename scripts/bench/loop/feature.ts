import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import type { Next } from '../../demo/answers.ts'
import { DemoClient } from '../../demo/client.ts'
import type { Project } from '../../demo/project.ts'
import { specKit } from '../../demo/scenarios/spec-kit.ts'
import { timed } from '../measure.ts'
import { untilIdle } from './idle.ts'

/** What the ledger recorded after one call: the files that were written before it, and the commands that it ran. */
export interface Step {
  task: string
  writes: 'red' | 'green' | undefined
  runs: { command: string[]; exitCode: number | null; isElsewhere: boolean }[]
}

/**
 * Implements the feature of the demo by tool calls, without its dishonest attempts. With `pause`, a call after written files waits until
 * the server has nothing more to do, as if somebody wrote them.
 */
export async function implementByCalls(
  project: Project,
  { pause }: { pause: boolean },
): Promise<{ ms: number; steps: Step[] }> {
  const steps: Step[] = []
  const client = await DemoClient.open(project.root)
  let ms = 0
  try {
    let next: Next = { tool: 'next_task', arguments: {} }
    let task = ''
    let events = 0
    while (next.tool !== null) {
      const { tool, arguments: args } = next
      const writes = WRITES[tool]
      if (writes) {
        await project.write(task, writes)
        if (pause) await untilIdle(client.pid)
      }
      const { tests = args['tests'], refactor } = specKit.steps[task] ?? {}
      ms += await timed(async () => {
        if (tool === 'next_task') {
          const answer = await client.nextTask(args)
          task = answer.task?.id ?? ''
          next = answer.next
        } else if (tool === 'record_red') next = (await client.recordRed({ ...args, tests })).next
        else if (tool === 'record_green') next = (await client.recordGreen(args)).next
        else if (tool === 'mark_complete')
          next = (await client.markComplete({ ...args, refactor })).next
        else next = (await client.runValidation(args)).next
      })
      const recorded = runsIn(project.root)
      steps.push({ task, writes, runs: recorded.slice(events) })
      events = recorded.length
    }
    return { ms, steps }
  } finally {
    await client.close()
  }
}

const WRITES: Record<string, 'red' | 'green' | undefined> = {
  record_red: 'red',
  record_green: 'green',
}

/** The test runs in the ledger. */
function runsIn(root: string): Step['runs'] {
  const folder = path.join(root, '.redgreen/ledger', specKit.feature)
  const texts = readdirSync(folder).map(file => readFileSync(path.join(folder, file), 'utf8'))
  const events = texts
    .flatMap(text => text.trimEnd().split('\n'))
    .map(line => eventSchema.parse(JSON.parse(line)))
  return events.flatMap(({ run, checkout }) =>
    run
      ? [
          {
            command: byHand(run.command),
            exitCode: run.exitCode,
            isElsewhere: checkout !== undefined,
          },
        ]
      : [],
  )
}

const eventSchema = z.looseObject({
  checkout: z.string().optional(),
  run: z.looseObject({ command: z.array(z.string()), exitCode: z.number().nullable() }).optional(),
})

/** The command as a person types it, without the server's reporter. */
function byHand(command: readonly string[]): string[] {
  return command.filter(word => !/^--test-(reporter|concurrency)/.test(word))
}
