/** How the tasks of a file are numbered: `T001` and its kin, `SETUP-001`, or `1.2`. */
export type IdScheme = 'letter' | 'prefix' | 'number'

/** The first of these that a file uses is its scheme; the others in the same file are references to requirements. */
export const ID_SCHEMES: readonly IdScheme[] = ['letter', 'prefix', 'number']

export interface LeadingId {
  id: string
  /** What follows the id and its decoration. */
  rest: string
}

/** The id that `text` begins with, in bold, brackets, code or struck out, or `undefined`. */
export function leadingId(text: string, scheme: IdScheme): LeadingId | undefined {
  const match = PATTERNS[scheme].exec(text)
  const id = match?.groups?.['id']
  if (match === null || id === undefined || isRequirement(id)) return undefined
  const rest = text.slice(match[0].length)
  if (LIST.test(rest)) return undefined
  return { id, rest: rest.replace(AFTER, '') }
}

/** Requirements, success criteria and checklist items are counted too, but nobody works on them as tasks. */
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

/** Several ids stand for a statement about tasks, not for a task. */
const LIST = /^[\]*_~`\s]*(?:[-–—,&+/]|to|through|and)\s*[*_[]*T(?:ASK)?-?\d/

const AFTER = /^[\]*_~`]*\s*(?:[:.：、]|[-–—](?=\s))?[*_]*\s*/
