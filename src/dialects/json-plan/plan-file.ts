import type { Node } from 'jsonc-parser'
import { Unreadable } from '../dialect.ts'
import {
  parseDocument,
  firstOf,
  membersOf,
  repeatedMembers,
  stringOf,
  valueOf,
} from '../json-document.ts'
import type { JsonDocument } from '../json-document.ts'

/** A parsed plan file: the list that holds its tasks, and the fields of the whole plan. */
export interface PlanFile extends JsonDocument {
  path: string
  /** The key of the list. */
  list: string
  /** Its entries, not validated. */
  entries: Node[]
  title: string | undefined
  /** As the file writes it. */
  status: string | undefined
  /** Whether the plan needs approval: plans of `docs/plans` do, similar formats do not. */
  gated: boolean
}

/** Parses a plan file; throws `Unreadable` if it is not valid JSON or not a plan. */
export function parsePlanFile(source: string, path: string): PlanFile {
  const document = parseDocument(source, path)
  const { root, lineAt } = document
  refuseRepeated(document, path)
  const list = LISTS.find(key => valueOf(root, key) !== undefined)
  const found = list === undefined ? undefined : valueOf(root, list)
  if (list === undefined || found === undefined)
    throw new Unreadable(path, 1, `The file has no "tasks". ${REMEDY}`)
  if (found.type !== 'array')
    throw new Unreadable(path, lineAt(found.offset), `"${list}" is not a list. ${REMEDY}`)
  const status = stringOf(valueOf(root, 'status'))
  const gated = list === 'tasks' && (PLANS.test(path) || status !== undefined)
  const title = stringOf(firstOf(root, ['title', 'name', 'project']))
  return { ...document, path, list, entries: found.children ?? [], title, status, gated }
}

/** Does this text look like a plan, even an invalid one? */
export function looksLikePlan(source: string): boolean {
  try {
    const { entries } = parsePlanFile(source, '')
    return entries.length === 0 || entries.some(hasState)
  } catch (error) {
    if (error instanceof Unreadable) return INVALID_PLAN.test(source) && /"passes"\s*:/.test(source)
    throw error
  }
}

function hasState(entry: Node): boolean {
  return firstOf(entry, STATE_KEYS) !== undefined
}

/** If a key occurs twice, only a human knows which one is meant. */
function refuseRepeated({ root, lineAt }: JsonDocument, path: string): void {
  const twice = repeatedMembers(membersOf(root)).find(({ key }) => DECISIVE.includes(key))
  if (twice === undefined) return
  const text = `The key "${twice.key}" occurs twice. Keep one of them.`
  throw new Unreadable(path, lineAt(twice.start), text)
}

/** The keys that may hold the state of a task; the first one that the task has counts. */
export const STATE_KEYS: readonly string[] = ['passes', 'status']

const LISTS: readonly string[] = ['tasks', 'userStories', 'features']
const DECISIVE = [...LISTS, 'status']
const PLANS = /(^|\/)docs\/plans\//
const INVALID_PLAN = new RegExp(`"(${LISTS.join('|')})"\\s*:`)
const REMEDY = 'Write them as "tasks": [{"id": 1, "name": "…", "dod": "…", "passes": false}].'
