import { withinStack } from '../plan/within-stack.ts'

/** The value of a JSON text, with or without a byte order mark; `undefined` if it is invalid. */
export function parsedJson(text: string): unknown {
  try {
    return withinStack((): unknown => JSON.parse(text.replace(/^\u{feff}/u, '')))
  } catch {
    return undefined
  }
}
