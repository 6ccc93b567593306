import type { MarkState } from '../../plan/plan.ts'

/** What a box such as `[~]` means in a dialect, perhaps together with the text behind it. */
export type Signs = Readonly<Record<string, MarkState | ((rest: string) => MarkState)>>

/**
 * The state of a task from its box and the text behind it. A tick is a tick: many people also strike out what is done. Another task that is
 * struck out has been dropped, and so has an open one that says in front that it is skipped.
 */
export function shownState(
  { text, state: usual, rest }: { text: string; state: MarkState; rest: string },
  signs: Signs = {},
): MarkState {
  const sign = signs[text] ?? usual
  const state = typeof sign === 'function' ? sign(rest) : sign
  if (state === 'done') return 'done'
  return isStruckOut(rest) || (state === 'open' && SKIPPED.test(rest)) ? 'other' : state
}

/** Does the text begin with a word that says that nobody does it for now? */
export function isDeferred(rest: string): boolean {
  return DEFERRED.test(withoutLead(rest))
}

/**
 * Has the author struck out the whole text, or its id? A remark may stand behind it. Other words behind it are a new title, and
 * only the old one is struck out.
 */
export function isStruckOut(rest: string): boolean {
  const text = withoutLead(rest)
  if (!text.startsWith(STRIKE)) return false
  const end = text.indexOf(STRIKE, STRIKE.length)
  if (end < 0) return true
  const [struck, after] = [text.slice(STRIKE.length, end), text.slice(end + STRIKE.length)]
  const isOwnId = !/\d/.test(rest.slice(0, rest.length - text.length)) && ID.test(struck)
  return (isOwnId && !NEXT_ID.test(after)) || REMARK.test(after)
}

/** The title without what was struck out in it; the whole title if all of it was. */
export function withoutStruckParts(title: string): string {
  return isStruckOut(title) ? title : title.replaceAll(STRUCK_PART, ' ')
}

function withoutLead(rest: string): string {
  return rest.slice(LEAD.exec(rest)?.[0].length ?? 0)
}

const STRIKE = '~~'
const STRUCK_PART = /\s*~~[^~]{1,1000}~~\s*/g
/** The id and the markers before a title. */
const LEAD =
  /^(?:[*_\s]|\[[^\]]{1,24}\]|(?:Task\s{1,4})?[A-Z]{0,8}-?\d[\w.-]{0,20}[.):]{0,2}(?=[\s*_~]))*/
/** Only what is certainly an id: `MD5`, `S3` and `SHA-256` are words of a title. */
const ID =
  /^[*_\s]*(?:(?:Task|Story|Issue)\s{1,4}\d|(?:T|TASK|US|FR|REQ|STORY|ISSUE|BUG)-?\d{2,4}(?![\p{L}\d])|\d{1,4}(?:\.\d|[.):]))/u
const NEXT_ID = /^[*_\s]*(?:Task\s|[A-Z]{0,8}-?\d)/
const REMARK =
  /^\s*(?:$|[*_([{—–→:;,.!-]|\p{Extended_Pictographic}|(?:n\/a|cancell?ed|dropped|deferred|skipped|postponed|removed|deleted|reverted|obsolete|superseded|replaced|moved|merged|duplicate|done|no longer|not|won['’]t)(?![\p{L}\p{N}]))/iu
const SKIPPED = /^[*_\s]*(?:skip(?:ped)?|deferred|postponed|dropped|cancell?ed)\s*:/i
const DEFERRED =
  /^[*_(\s]*(?:deferred|skipped|postponed|dropped|cancell?ed|abandoned|reverted|obsolete|superseded|n\/a|not (?:needed|required|applicable))[*_\s]*(?:$|[:;,.()—–-]|(?:to|until|till|per|by|as|because|since|due|in favou?r)\b)/i
