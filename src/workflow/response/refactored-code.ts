import type { Refactoring } from '../../evidence/event-parts.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import type { Context } from '../context/context.ts'

/** A refactoring that is finished. */
interface FinishedRefactoring {
  task: string
  refactoring: Refactoring
}

/** The finished refactorings that count, of all tasks or of one: the last GREEN of each task. */
export function refactoringsIn(
  { histories }: Pick<Context, 'histories'>,
  only?: string,
): FinishedRefactoring[] {
  const tasks = only === undefined ? [...histories.keys()] : [only]
  return tasks.flatMap(task => {
    const { stage, green, waived } = histories.get(task) ?? {}
    const refactoring = stage === 'done' && !waived ? green?.refactoring : undefined
    return refactoring ? [{ task, refactoring }] : []
  })
}

/** What a reader should look at in each finished refactoring, or in that of one task. */
export function refactoringLines(context: Pick<Context, 'histories'>, only?: string): string[] {
  return refactoringsIn(context, only).flatMap(({ task, refactoring }) =>
    describeRefactoring(task, refactoring),
  )
}

function describeRefactoring(
  task: string,
  { code, tests = [], renamed = {} }: Refactoring,
): string[] {
  const unseen = code.flatMap(({ file, unseen = [] }) => unseen.map(name => `${name} in ${file}`))
  const grown = code.filter(({ added, removed }) => added > removed)
  const names = Object.entries(renamed).map(([from, to]) => `"${from}" is now "${to}"`)
  return [
    ...(unseen.length > 0
      ? [
          `! ${task} is a refactoring, and no test or other code names what is new in it: ${formatList(unseen, MAX_LISTED)}. If that is behaviour, it needs a task and a test of its own.`,
        ]
      : []),
    ...(grown.length > 0
      ? [
          `${task} added more lines than it removed, without a test of its own: ${formatList(grown.map(describeLines), MAX_LISTED)}.`,
        ]
      : []),
    ...(tests.length > 0
      ? [
          `! ${task} is a refactoring and changed ${countOf(tests.length, 'test file')} (${formatList(tests, MAX_LISTED)}). They pass on the new code. A human should review the change.`,
        ]
      : []),
    ...(names.length > 0
      ? [`! ${task} gave tests another name: ${formatList(names, MAX_LISTED)}.`]
      : []),
  ]
}

function describeLines({ file, added, removed }: Refactoring['code'][number]): string {
  return `${file} (+${added} −${removed})`
}

const MAX_LISTED = 5
