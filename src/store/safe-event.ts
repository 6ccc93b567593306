import { safeProgramText } from '../runner/safe-text.ts'

/** The fields that hold free text of programs, assistants and humans. All others are compared later, so they stay as they are. */
const FREE_TEXT = new Set(
  'message output measured error cause reason findings summary checks refactor symptom cure waived'.split(
    ' ',
  ),
)

/** The event without secrets and control characters in its free text. */
export function withSafeText(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, safePart(part, FREE_TEXT.has(key))]),
  )
}

function safePart(value: unknown, isFree: boolean): unknown {
  if (typeof value === 'string') return isFree ? safeProgramText(value) : value
  if (Array.isArray(value)) return value.map(part => safePart(part, isFree))
  if (typeof value !== 'object' || value === null) return value
  return isFree
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, safePart(part, true)]))
    : withSafeText(value)
}
