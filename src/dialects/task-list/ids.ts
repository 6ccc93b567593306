/** How the tasks of a file are numbered: `T001` and similar, `SETUP-001`, `A001`, or `1.2`. */
export type IdScheme = 'letter' | 'prefix' | 'code' | 'number'

/** The first of these that a file uses is its scheme. */
export const ID_SCHEMES: readonly IdScheme[] = ['letter', 'prefix', 'code', 'number']

export interface LeadingId {
  id: string
  /** The text after the id and its markup. */
  rest: string
}

/** The id at the start of `text`, also in bold, in brackets, in code or struck out; `undefined` if there is none. */
export function leadingId(text: string, scheme: IdScheme): LeadingId | undefined {
  const old = REPLACED.exec(text)?.[0]
  return (
    (old === undefined ? undefined : idAt(text.slice(old.length), scheme)) ?? idAt(text, scheme)
  )
}

/** An id that is struck out, in front of the one that the task has now: `~~T002~~ T003`. */
const REPLACED = /^[*_\s]{0,4}~~[^~\s]{1,20}~~[*_\s]{1,9}/

function idAt(text: string, scheme: IdScheme): LeadingId | undefined {
  const before = BEFORE.exec(text)?.[0] ?? ''
  const match = PATTERNS[scheme].exec(text) ?? PATTERNS[scheme].exec(text.slice(before.length))
  const id = match?.groups?.['id']
  if (match === null || id === undefined || isRequirement(id) || isFactor(id)) return undefined
  const skipped = match.input === text ? '' : before
  const rest = match.input.slice(match[0].length)
  if (LIST.test(rest)) return undefined
  return { id, rest: `${skipped}${rest.replace(AFTER, '')}` }
}

/** The problem text for an id that occurs again in the file. */
export function repeatedIdText(id: string, unique: string): string {
  return `The id ${id} is already used, so this task is called ${unique}. Give it an id of its own.`
}

/** `1.5x faster` has no id. */
function isFactor(id: string): boolean {
  return /^\d[\d.]*x$/i.test(id)
}

/** Requirements, success criteria and checklist items have ids too, but they are not tasks. */
function isRequirement(id: string): boolean {
  return /^(N?FR|SC|CHK|AC|REQ|US|UC|BR|TR|QR|EC|KPI|ADR|RFC|RISK|UTF|ISO|SHA|HTTP)(-|\d+[a-z]?$)/.test(
    id,
  )
}

const OPENER = String.raw`^(?:[*_~\`\s]|\[(?=\S))*`
const CLOSER = String.raw`(?=$|[\s\]*_~\`:.,;()–—|：、-])`

const WORD = `(?:${[
  'skip',
  'skipped',
  'deferred',
  'postponed',
  'dropped',
  'cancelled',
  'canceled',
  'done',
  'wip',
  'todo',
  'blocked',
  'optional',
  'new',
  'fix',
  'bug',
]
  .flatMap(word => [word, word.toUpperCase(), `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`])
  .join('|')})`
/** Markers and words of a state that may stand before an id, as in `[P] T001` or `SKIP: T002`. */
const BEFORE = new RegExp(
  String.raw`^(?:[*_\s]{0,4}(?:\[[A-Z][\w .+/-]{0,16}\]|\([^()]{1,20}\)|${WORD}:|\p{Extended_Pictographic}\ufe0f?)[*_]{0,3}\s{1,4}){1,4}`,
  'u',
)

/** A letter, or words that are part of the id: `T049A`, `T011-test`. */
const SUFFIX = String.raw`(?:[A-Za-z]\d?)?(?:-(?!T(?:ASK)?-?\d)(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)|_[A-Za-z0-9]+){0,3}`

const PATTERNS: Record<IdScheme, RegExp> = {
  letter: new RegExp(`${OPENER}(?:Task\\s+)?(?<id>T(?:ASK)?-?\\d+(?:[.-]\\d+)*${SUFFIX})${CLOSER}`),
  prefix: new RegExp(`${OPENER}(?<id>[A-Z][A-Z0-9]*-\\d{1,4}(?:\\.\\d+)?[a-z]?)${CLOSER}`),
  code: new RegExp(`${OPENER}(?<id>[A-Z]{1,5}\\d{1,4}[a-z]?)${CLOSER}`),
  number: new RegExp(
    `${OPENER}(?:Task\\s+(?=\\d)|(?=\\d+\\.\\d))(?<id>\\d{1,3}(?:\\.\\d{1,3}){0,3}[a-z]?)${CLOSER}`,
    'i',
  ),
}

/** Several ids are a statement about tasks, not a task. */
const LIST = /^[\]*_~`\s]*(?:[-–—,&+/]|to|through|and)\s*[*_[]*T(?:ASK)?-?\d/

const AFTER = /^[\]*_~`]*\s*(?:[:.：、]|[-–—](?=\s|[A-Z]))?[*_]*\s*/
