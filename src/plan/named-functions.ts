import type { Task } from './plan.ts'

/**
 * The functions that the words of a task are plainly about: `size()`, a name in backticks, `isOpen`, `is_open`, "size in src/stack.js", "the
 * function size". A common word that may also be a name is none, and neither is what the task only uses, as in "with `sleep()`".
 */
export function namedFunctions({
  title,
  description = '',
}: Pick<Task, 'title' | 'description'>): ReadonlySet<string> {
  const words = `${title}\n${description}`
  const own = words.replaceAll(USED, ' ')
  const before = [...own.matchAll(IN_FILE)].map(([, name = '']) => name)
  const rest = own.replaceAll(PATH, ' ')
  const others = PATTERNS.flatMap(pattern =>
    [...rest.matchAll(pattern)].map(([, name = '']) => name),
  )
  return new Set([...before, ...others].map(name => name.split('.').at(-1) ?? ''))
}

/** Those of them that the words write like a call: `size()`. */
export function plainlyCalled({
  title,
  description = '',
}: Pick<Task, 'title' | 'description'>): ReadonlySet<string> {
  const words = `${title}\n${description}`.replaceAll(USED, ' ')
  return new Set([...words.matchAll(CALL)].map(([, name = '']) => name.split('.').at(-1) ?? ''))
}

const CALL = /(?<![\w$./])([A-Za-z_$][\w$.]*)\(\)/g

const NAME = String.raw`\x60?[A-Za-z_$][\w$.]*(?:\([^()\x60]{0,80}\))?\x60?`

/** What does the work, or is called for it. */
const USED = new RegExp(
  String.raw`\b(?:by )?(?:with|without|using|uses?|used|via|by|from|through|calls?|calling|invok(?:es?|ing)|reus(?:es?|ing)|like|instead of|rather than|relies on|based on|on top of|delegat(?:es?|ing) to|wraps?|wrapping|pass(?:es|ing)? (?:it )?to) (?:the |an? |our |its )?(?:(?:function|helper|method) )?${NAME}(?:(?:,| and| or|, and) ${NAME}){0,3}(?: (?:function|helper|method))?`,
  'g',
)

/** A word with a slash or with an extension. */
const PATH =
  /(?<![\w$./-])[\w$.-]*\/[\w$./-]*|(?<![\w$./-])[\w$-]+\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|php|cc|cpp|json|md|toml|ya?ml)\b/g
/** The name may have that of its class before it, as in `Stack.push`, `Stack#push` and `Stack::push`. A file such as `Stack.java` is none. */
const IN_FILE =
  /(?<![\w$.#:])(?:[A-Z]\w{0,80}(?:\.|#|::)(?!(?:[cm]?[jt]sx?|py|rb|go|rs|java|php|cc|cpp|json|md|toml|ya?ml)\b))?([A-Za-z_$][\w$]*)`?(?:\(\))? (?:in|to|into) `?(?=[\w$./-]*[\w$-]\.\w)/g
const PATTERNS = [
  /`([A-Za-z_$][\w$.]*)(?:\([^`]*\))?`/g,
  /(?<![\w$.])([A-Za-z_$][\w$.]*)\(\)/g,
  /(?<![\w$])([a-z][a-z0-9]*[A-Z][\w$]*)/g,
  /(?<![\w$])([a-z][a-z0-9]*_\w+)/g,
  /\b(?:function|method) ([A-Za-z_$][\w$]*)/g,
  /(?<![\w$])(?!(?:the|an?|this|that|new|each) )([A-Za-z_$][\w$]*) (?:function|method)\b/g,
]
