import type { Task } from './plan.ts'

/**
 * Finds the task that a test written in advance is about: the one whose title and files share most words with it. Of several the
 * last, because an endpoint comes after the model and the service that it needs. `undefined` if there are no tasks.
 */
export function subjectFinder(
  tasks: readonly Task[],
): (test: { title: string; file: string }) => Task | undefined {
  const all = tasks.map(task => ({ task, words: wordsOf([task.title, ...task.files].join(' ')) }))
  return ({ title, file }) => {
    const words = [...wordsOf(`${title} ${file}`)]
    let best: { task: Task; shared: number } | undefined
    for (const { task, words: own } of all) {
      const shared = words.filter(word => own.has(word)).length
      if (best === undefined || shared >= best.shared) best = { task, shared }
    }
    return best?.task
  }
}

/** `UserService` is "user" and "service"; a plural is the same word. Words that any test or task may have are left out. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.map(word => word.replace(/(?<=\p{L}{3})s$/u, ''))
  return new Set(words?.filter(word => !COMMON.has(word)))
}

const COMMON = new Set(
  `a an and the of for in on to with at by from as it its that
  test spec contract integration unit e2e end case suite check verify
  add create implement write build define
  src lib app api packages tests ts tsx js jsx mjs cjs py go rs rb php java`
    .split(/\s+/)
    .map(word => word.replace(/(?<=\p{L}{3})s$/u, '')),
)
