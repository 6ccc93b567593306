import type { MarkState } from '../../plan/plan.ts'
import { membersOf, stringOf, stringsOf, valueOf } from '../json-document.ts'
import { mostCommon } from '../most-common.ts'
import type { PlanFile } from './plan-file.ts'
import { isKnownState, parseState } from './state-words.ts'

/**
 * The word that the file uses for a state: the one that most of its tasks have, else the first of those that it lists as valid, else the
 * usual one in the spelling of `current`. `undefined` for a task in progress if the file does not use such a state.
 */
export function wordFor(
  file: PlanFile,
  state: Exclude<MarkState, 'other'>,
  current: string,
): string | undefined {
  const isMeant = (word: string) => isKnownState(word) && parseState(word) === state
  const used = file.entries.flatMap(entry => stringOf(valueOf(entry, 'status')) ?? [])
  const own = mostCommon(used.filter(isMeant)) ?? validWords(file).find(isMeant)
  if (own !== undefined || state === 'doing') return own
  return spelledAs(current, state === 'done' ? usualDone(current) : 'pending')
}

/** Does the file list this word as a valid status? */
export function isValidWord(file: PlanFile, word: string): boolean {
  return validWords(file).includes(word)
}

/** The words in lists such as `"valid_status": ["pending", "done"]`, at the top or in an object such as `rules`. */
function validWords({ root }: PlanFile): string[] {
  const members = membersOf(root)
  const inside = members.flatMap(({ value }) => membersOf(value))
  return [...members, ...inside].flatMap(({ key, value }) => {
    if (!VALID.test(key) || (value.type !== 'object' && value.type !== 'array')) return []
    return value.type === 'object' ? membersOf(value).map(one => one.key) : stringsOf(value)
  })
}

function usualDone(open: string): string {
  return /fail|pass/i.test(open) ? 'passing' : 'done'
}

function spelledAs(current: string, word: string): string {
  if (/^[A-Z][A-Z_ -]+$/.test(current)) return word.toUpperCase()
  return /^[A-Z]/.test(current) ? word.charAt(0).toUpperCase() + word.slice(1) : word
}

const VALID =
  /^((valid|allowed|possible|known)_?)?status(es)?(_?(values|options|enum|legend|definitions))?$/i
