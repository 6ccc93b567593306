import type { Task } from './plan.ts'

/**
 * The functions that the words of a task are plainly about: `size()`, a name in backticks, `isOpen`, `is_open`, "size in src/stack.js", "the
 * function size". A common word that may also be a name is none.
 */
export function namedFunctions({
  title,
  description = '',
}: Pick<Task, 'title' | 'description'>): ReadonlySet<string> {
  const words = `${title}\n${description}`
  const before = [...words.matchAll(IN_FILE)].map(([, name = '']) => name)
  const rest = words.replaceAll(PATH, ' ')
  const others = PATTERNS.flatMap(pattern =>
    [...rest.matchAll(pattern)].map(([, name = '']) => name),
  )
  return new Set([...before, ...others].map(name => name.split('.').at(-1) ?? ''))
}

/** A word with a slash or with an extension. */
const PATH =
  /(?<![\w$./-])[\w$.-]*\/[\w$./-]*|(?<![\w$./-])[\w$-]+\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|php|cc|cpp|json|md|toml|ya?ml)\b/g
const IN_FILE = /(?<![\w$.])([A-Za-z_$][\w$]*)`?(?:\(\))? (?:in|to|into) `?(?=[\w$./-]*[\w$-]\.\w)/g
const PATTERNS = [
  /`([A-Za-z_$][\w$.]*)(?:\([^`]*\))?`/g,
  /(?<![\w$.])([A-Za-z_$][\w$.]*)\(\)/g,
  /(?<![\w$])([a-z][a-z0-9]*[A-Z][\w$]*)/g,
  /(?<![\w$])([a-z][a-z0-9]*_\w+)/g,
  /\b(?:function|method) ([A-Za-z_$][\w$]*)/g,
  /(?<![\w$])(?!(?:the|an?|this|that|new|each) )([A-Za-z_$][\w$]*) (?:function|method)\b/g,
]
