import { kindOf } from '../../plan/kinds.ts'
import type { Category, Phase, Task } from '../../plan/plan.ts'
import { writesTestsOnly } from '../../plan/test-titles.ts'
import type { ParsedTask } from './parse-tasks.ts'
import { categoriesOf } from './phases.ts'

/** The phases with their categories, and the tasks with their kinds. */
export function classified(parsed: readonly ParsedTask[]): { tasks: Task[]; phases: Phase[] } {
  const groups = groupsOf(parsed)
  const names = groups.map(([first]) => first?.task.phase ?? '')
  const categories = categoriesOf(names)
  const phases = groups.map((group, at): Phase => ({
    name: names[at] ?? '',
    category: categories[at] ?? 'work',
    line: group[0]?.phase?.line ?? 0,
    tasks: group.map(({ task }) => task.id),
  }))
  const tasks = groups.flatMap((group, at) => withKinds(group, categories[at] ?? 'work'))
  return { tasks, phases }
}

/** Groups neighbouring tasks by heading. A later heading with the same text starts a phase of its own. */
function groupsOf(parsed: readonly ParsedTask[]): ParsedTask[][] {
  const groups: ParsedTask[][] = []
  for (const one of parsed) {
    const last = groups.at(-1)
    if (last !== undefined && last[0]?.phase?.line === one.phase?.line) last.push(one)
    else groups.push([one])
  }
  return groups
}

function withKinds(group: readonly ParsedTask[], category: Category): Task[] {
  const isTest = group.map(({ task }) => writesTestsOnly(task.title, task.files))
  const lastWork = isTest.lastIndexOf(false)
  const testFirst = storiesTestFirst(group, isTest)
  return group.map((parsed, at) => {
    const { task } = parsed
    const isAhead = at < lastWork && (testFirst.has(task.story) || isUnderTests(parsed))
    const ahead = category === 'test' || (category !== 'polish' && isAhead)
    const { title, files, phase } = task
    return Object.assign(task, kindOf({ category, phase, title, files, ahead }))
  })
}

/** The stories whose first task in the phase writes tests: in these, tests come before the code. */
function storiesTestFirst(
  group: readonly ParsedTask[],
  isTest: readonly boolean[],
): Set<string | undefined> {
  const begun = new Set<string | undefined>()
  const testFirst = new Set<string | undefined>()
  for (const [at, { task }] of group.entries()) {
    if (!begun.has(task.story) && isTest[at] === true) testFirst.add(task.story)
    begun.add(task.story)
  }
  return testFirst
}

function isUnderTests({ above, phase }: ParsedTask): boolean {
  return above.some(({ level, text }) => level > (phase?.level ?? 0) && TESTS.test(text))
}

const TESTS =
  /^\W*(tests?|testing|unit tests|integration tests|contract tests|red)\b|测试|測試|テスト/iu
