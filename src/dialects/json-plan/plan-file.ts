import type { Node } from 'jsonc-parser'
import { Unreadable } from '../dialect.ts'
import {
  parseDocument,
  firstOf,
  membersOf,
  repeatedMembers,
  stringOf,
  valueOf,
} from './document.ts'
import type { JsonDocument } from './document.ts'

/** A plan file whose parts are known: which list holds the tasks, and what the whole says of itself. */
export interface PlanFile extends JsonDocument {
  path: string
  /** The key of the list. */
  list: string
  /** Its entries, whatever they are. */
  entries: Node[]
  title: string | undefined
  /** As the file writes it. */
  status: string | undefined
  /** The workflow of `docs/plans` begins only on an approved plan; its relatives know no approval. */
  gated: boolean
}

/** Reads the outline of a plan; throws `Unreadable` for a JSON file that is none. */
export function parsePlanFile(source: string, path: string): PlanFile {
  const document = parseDocument(source, path)
  const { root, lineAt } = document
  refuseRepeated(document, path)
  const list = LISTS.find(key => valueOf(root, key) !== undefined)
  const found = list === undefined ? undefined : valueOf(root, list)
  if (list === undefined || found === undefined)
    throw new Unreadable(path, 1, `It has no "tasks". ${REMEDY}`)
  if (found.type !== 'array')
    throw new Unreadable(path, lineAt(found.offset), `"${list}" is not a list. ${REMEDY}`)
  const status = stringOf(valueOf(root, 'status'))
  const gated = list === 'tasks' && (PLANS.test(path) || status !== undefined)
  const title = stringOf(firstOf(root, ['title', 'name', 'project']))
  return { ...document, path, list, entries: found.children ?? [], title, status, gated }
}

/** Does this text look like a plan, be it a broken one? What is no plan at all is left to others. */
export function looksLikePlan(source: string): boolean {
  try {
    const { entries } = parsePlanFile(source, '')
    return entries.length === 0 || entries.some(hasState)
  } catch (error) {
    if (error instanceof Unreadable) return BROKEN.test(source) && /"passes"\s*:/.test(source)
    throw error
  }
}

function hasState(entry: Node): boolean {
  return firstOf(entry, STATE_KEYS) !== undefined
}

/** A key that stands there twice has two readings; which one is meant, a person knows. */
function refuseRepeated({ root, lineAt }: JsonDocument, path: string): void {
  const twice = repeatedMembers(membersOf(root)).find(({ key }) => DECISIVE.includes(key))
  if (twice === undefined) return
  const text = `"${twice.key}" stands there twice. Keep one of them.`
  throw new Unreadable(path, lineAt(twice.start), text)
}

/** The keys of a task that carry its state; the first that it has counts. */
export const STATE_KEYS: readonly string[] = ['passes', 'status']

const LISTS: readonly string[] = ['tasks', 'userStories', 'features']
const DECISIVE = [...LISTS, 'status']
const PLANS = /(^|\/)docs\/plans\//
const BROKEN = new RegExp(`"(${LISTS.join('|')})"\\s*:`)
const REMEDY = 'Write them as "tasks": [{"id": 1, "name": "…", "dod": "…", "passes": false}].'
