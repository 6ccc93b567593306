import { markStateOf, SYMBOLS } from './marks.ts'

/** A part of a file that changed on both sides, as git prints it with the common version between them. */
interface Conflict {
  ours: string[]
  base: string[]
  theirs: string[]
}

/**
 * Resolves what git could not merge in a plan, if only marks differ: two branches finished tasks whose lines are next to each other.
 * `merged` is the output of `git merge-file --diff3` with markers of this size; `undefined` if anything else differs.
 */
export function mergeMarks(merged: string, markerSize: number): string | undefined {
  const out: string[] = []
  let conflict: Conflict | undefined
  let side: keyof Conflict = 'ours'
  for (const line of merged.split(/(?<=\n)/)) {
    const marker = markerOf(line, markerSize)
    if (marker === '<') conflict = { ours: [], base: [], theirs: [] }
    if (marker === '>') {
      const lines = conflict && mergedLines(conflict)
      if (!lines) return undefined
      out.push(...lines)
      conflict = undefined
    }
    if (marker !== undefined) side = SIDES[marker]
    else if (conflict) conflict[side].push(line)
    else out.push(line)
  }
  return conflict ? undefined : out.join('')
}

type MarkerSign = keyof typeof SIDES

/** Which part of a conflict begins after a marker. */
const SIDES = { '<': 'ours', '|': 'base', '=': 'theirs', '>': 'ours' } as const

function markerOf(line: string, size: number): MarkerSign | undefined {
  const [sign = ''] = line
  return isSign(sign) && line.startsWith(sign.repeat(size)) ? sign : undefined
}

function isSign(text: string): text is MarkerSign {
  return text in SIDES
}

function mergedLines({ ours, base, theirs }: Conflict): string[] | undefined {
  if (ours.length !== base.length || theirs.length !== base.length) return undefined
  const lines = base.flatMap((line, at) => mergedLine(ours[at] ?? '', line, theirs[at] ?? '') ?? [])
  return lines.length === base.length ? lines : undefined
}

/** The line with the marks of both sides; `undefined` if its words differ, or the sides disagree about a mark. */
function mergedLine(ours: string, base: string, theirs: string): string | undefined {
  const [own, before, other] = [ours, base, theirs].map(line => line.split(MARK))
  if (!own || !before || !other) return undefined
  if (own.length !== before.length || other.length !== before.length) return undefined
  const parts = before.map((part, at) => mergedPart(own[at], part, other[at], at % 2 === 1))
  return parts.includes(undefined) ? undefined : parts.join('')
}

function mergedPart(
  ours: string | undefined,
  base: string,
  theirs: string | undefined,
  isMark: boolean,
): string | undefined {
  if (!isMark) return ours === base && theirs === base ? base : undefined
  if (ours === base || ours === theirs) return theirs
  if (theirs === base) return ours
  const [own, before, other] = [ours, base, theirs].map(progressOf)
  if (own === undefined || before === undefined || other === undefined) return undefined
  if (own <= before || other <= before) return undefined
  return other > own ? theirs : ours
}

/** How far a mark says that a task is; `undefined` for a mark that a human has to interpret. */
function progressOf(mark = ''): number | undefined {
  return WORDS.get(mark) ?? STATES.get(markStateOf(mark) ?? '')
}

const STATES = new Map([
  ['open', 0],
  ['doing', 1],
  ['done', 2],
])

/** The states of plans in JSON and YAML. */
const WORDS = new Map([
  ...['false', 'pending', 'backlog', 'ready-for-dev'].map(word => [word, 0] as const),
  ['in-progress', 1] as const,
  ...['true', 'done', 'completed'].map(word => [word, 2] as const),
])

/** Boxes, symbols, and values of the members and keys that hold a state. Every second part of a split line is a mark. */
const MARK = new RegExp(
  String.raw`(\[[ xX~/>!B✓✔-]\]|${SYMBOLS.join('|')}|(?<="(?:passes|status)"\s*:\s*"?)[\w-]+|(?<=^\s*[\w.-]+:\s+)(?:${[...WORDS.keys()].join('|')}|review)(?=\s*$))`,
  'u',
)
