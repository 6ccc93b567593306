/** How the tasks of a file are numbered: `T001` and similar, `SETUP-001`, or `1.2`. */
export type IdScheme = 'letter' | 'prefix' | 'number'

/** The first of these that a file uses is its scheme; ids of other schemes in the file are references. */
export const ID_SCHEMES: readonly IdScheme[] = ['letter', 'prefix', 'number']

export interface LeadingId {
  id: string
  /** The text after the id and its markup. */
  rest: string
}

/** The id at the start of `text`, also in bold, in brackets, in code or struck out; `undefined` if there is none. */
export function leadingId(text: string, scheme: IdScheme): LeadingId | undefined {
  const match = PATTERNS[scheme].exec(text)
  const id = match?.groups?.['id']
  if (match === null || id === undefined || isRequirement(id)) return undefined
  const rest = text.slice(match[0].length)
  if (LIST.test(rest)) return undefined
  return { id, rest: rest.replace(AFTER, '') }
}

/** The problem text for an id that occurs again in the file. */
export function repeatedIdText(id: string, unique: string): string {
  return `The id ${id} is already used, so this task is called ${unique}. Give it an id of its own.`
}

/** Requirements, success criteria and checklist items have ids too, but they are not tasks. */
function isRequirement(id: string): boolean {
  return /^(N?FR|SC|CHK|AC|REQ|US|UC|BR|TR|QR|EC|KPI|ADR|RFC|RISK|UTF|ISO|SHA|HTTP)-/.test(id)
}

const OPENER = String.raw`^(?:[*_~\`\s]|\[(?=\S))*`
const CLOSER = String.raw`(?=$|[\s\]*_~\`:.,;()–—|：、-])`

const PATTERNS: Record<IdScheme, RegExp> = {
  letter: new RegExp(
    `${OPENER}(?:Task\\s+)?(?<id>T(?:ASK)?-?\\d+(?:[.-]\\d+)*(?:[a-z]\\d?)?)${CLOSER}`,
  ),
  prefix: new RegExp(`${OPENER}(?<id>[A-Z][A-Z0-9]*-\\d{1,4}(?:\\.\\d+)?[a-z]?)${CLOSER}`),
  number: new RegExp(
    `${OPENER}(?:Task\\s+(?=\\d)|(?=\\d+\\.\\d))(?<id>\\d{1,3}(?:\\.\\d{1,3}){0,3}[a-z]?)${CLOSER}`,
    'i',
  ),
}

/** Several ids are a statement about tasks, not a task. */
const LIST = /^[\]*_~`\s]*(?:[-–—,&+/]|to|through|and)\s*[*_[]*T(?:ASK)?-?\d/

const AFTER = /^[\]*_~`]*\s*(?:[:.：、]|[-–—](?=\s))?[*_]*\s*/
