import type { MarkState } from '../plan/plan.ts'

/** The state that a mark shows; `undefined` if it is not a mark. A mark is a box such as `[x]` or a single symbol. */
export function markStateOf(mark: string): MarkState | undefined {
  const inner = mark.startsWith('[') && mark.endsWith(']') ? mark.slice(1, -1) : mark
  const glyph = inner.trim()
  if (glyph === '') return inner === mark ? undefined : 'open'
  return GLYPHS.get(glyph)
}

/** The mark for a finished task in the style of the file: for boxes, the letter that most done marks use, `usual` in a tie. */
export function doneMark(
  marks: readonly string[],
  current: string,
  usual: '[x]' | '[X]' = '[X]',
): string {
  if (!current.startsWith('[')) return SYMBOLS_DONE.get(current.trim()) ?? '☑'
  let more = 0
  for (const mark of marks) {
    if (mark === '[x]') more += 1
    else if (mark === '[X]') more -= 1
  }
  if (more === 0) return usual
  return more > 0 ? '[x]' : '[X]'
}

/** The mark for an open task in the style of `current`. */
export function openMark(current: string): string {
  if (current.startsWith('[')) return '[ ]'
  return SYMBOLS_OPEN.get(current.trim()) ?? '☐'
}

/** Symbols that are marks without brackets, longest first. */
export const SYMBOLS: readonly string[] = [
  'â\u02dc\u2018',
  'â\u02dc\u0090',
  'â\u0153\u2026',
  'â\u009d\u0152',
  '✔️',
  '✔',
  '✅',
  '☑',
  '☒',
  '☐',
  '⬜',
  '❌',
]

const GLYPHS: ReadonlyMap<string, MarkState> = new Map<string, MarkState>([
  ['x', 'done'],
  ['X', 'done'],
  ['✓', 'done'],
  ['✔', 'done'],
  ['✔️', 'done'],
  ['✅', 'done'],
  ['☑', 'done'],
  ['☒', 'done'],
  ['☐', 'open'],
  ['⬜', 'open'],
  ['~', 'doing'],
  ['/', 'doing'],
  ['-', 'other'],
  ['>', 'other'],
  ['!', 'other'],
  ['B', 'other'],
  ['❌', 'other'],
  // The same symbols after UTF-8 was decoded as Windows-1252 and saved again: read, never repaired.
  ['â\u02dc\u2018', 'done'],
  ['â\u0153\u2026', 'done'],
  ['â\u02dc\u0090', 'open'],
  ['â\u009d\u0152', 'other'],
])

const SYMBOLS_DONE: ReadonlyMap<string, string> = new Map([
  ['⬜', '✅'],
  ['❌', '✅'],
  ['â\u02dc\u0090', 'â\u02dc\u2018'],
  ['â\u009d\u0152', 'â\u0153\u2026'],
])

const SYMBOLS_OPEN: ReadonlyMap<string, string> = new Map([
  ['✅', '⬜'],
  ['✔', '⬜'],
  ['✔️', '⬜'],
  ['❌', '⬜'],
  ['â\u02dc\u2018', 'â\u02dc\u0090'],
  ['â\u0153\u2026', 'â\u02dc\u0090'],
])
