import type { MarkState } from '../plan/plan.ts'

/** What a mark's glyph says, `undefined` when it is none. A mark is `[x]` in brackets or a symbol alone. */
export function markStateOf(mark: string): MarkState | undefined {
  const inner = mark.startsWith('[') && mark.endsWith(']') ? mark.slice(1, -1) : mark
  const glyph = inner.trim()
  if (glyph === '') return inner === mark ? undefined : 'open'
  return GLYPHS.get(glyph)
}

/** The mark for a finished task in the style of the file: the letter that most of its done marks use, `X` in a tie. */
export function doneMark(marks: readonly string[], mine: string): string {
  if (!mine.startsWith('[')) return SYMBOLS_DONE.get(mine.trim()) ?? '☑'
  const lower = marks.filter(mark => mark === '[x]').length
  const upper = marks.filter(mark => mark === '[X]').length
  return lower > upper ? '[x]' : '[X]'
}

/** The mark for an open task in the style of `mine`. */
export function openMark(mine: string): string {
  if (mine.startsWith('[')) return '[ ]'
  return SYMBOLS_OPEN.get(mine.trim()) ?? '☐'
}

/** Symbols that stand for a mark without brackets, longest first. */
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
  // The same signs after UTF-8 was read as Windows-1252 and saved again; read, never repaired.
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
