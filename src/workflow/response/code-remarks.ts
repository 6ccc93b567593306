import type { EventOf } from '../../evidence/event.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Context } from '../context/context.ts'

type Remarks = Pick<EventOf<'mutation'>, 'testAware' | 'unwritten'>

/** Tasks that are done and whose code a reader should look at, with what their mutation check read in it. */
export function remarkedTasks(
  { histories }: Pick<Context, 'histories'>,
  only?: string,
): ({ task: string } & Remarks)[] {
  const tasks = only === undefined ? [...histories.keys()] : [only]
  return tasks.flatMap(task => {
    const { stage, waived, mutation } = histories.get(task) ?? {}
    const { testAware, unwritten } = mutation ?? {}
    const isRemarked = stage === 'done' && !waived && (testAware ?? unwritten) !== undefined
    return isRemarked
      ? [{ task, ...(testAware && { testAware }), ...(unwritten && { unwritten }) }]
      : []
  })
}

/** What a reader should know about the code of finished tasks, or of one task: a sentence each. */
export function codeRemarkLines(context: Pick<Context, 'histories'>, only?: string): string[] {
  return remarkedTasks(context, only).flatMap(({ task, ...remarks }) =>
    describeRemarks(task, remarks),
  )
}

/** The same about the code of one GREEN. */
export function describeRemarks(
  task: string,
  { testAware = [], unwritten = [] }: Remarks,
): string[] {
  const lines = testAware.map(({ file, line, what }) => `${file}:${line} ${what}`)
  return [
    ...(lines.length > 0
      ? [
          `! The code of ${task} knows of its tests: ${formatList(lines, MAX_NAMES)}. What the tests show need not hold for other callers. A human should review it.`,
        ]
      : []),
    ...(unwritten.length > 0
      ? [
          `! ${task} asks for ${formatList(
            unwritten.map(name => `\`${name}()\``),
            MAX_NAMES,
          )}: no code has that, or it does nothing or only fails. Write it, or say why it is not needed.`,
        ]
      : []),
  ]
}

const MAX_NAMES = 3
