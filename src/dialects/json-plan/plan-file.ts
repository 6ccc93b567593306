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
import { stateNodes } from './state-nodes.ts'
import { LISTS, taskLists, type TaskList } from './task-lists.ts'

/** A parsed plan file: the list that holds its tasks, and the fields of the whole plan. */
export interface PlanFile extends JsonDocument {
  path: string
  /** The key of the list; empty if the file itself is one. */
  list: string
  /** Its entries, not validated. */
  entries: Node[]
  /** The name of the group, such as a phase, that an entry is in. */
  groups: ReadonlyMap<Node, string>
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
  const isInPlans = PLANS.test(path)
  // A plan of `docs/plans` has a status, so it is an object.
  const lists = root.type === 'array' && isInPlans ? [] : taskLists(root, path, lineAt)
  const { key: list, entries, groups, depth } = bestOf(lists) ?? emptyList(document, path)
  const status = stringOf(valueOf(root, 'status'))
  const gated = list === 'tasks' && (isInPlans || (depth === 0 && status !== undefined))
  const title = stringOf(firstOf(root, ['title', 'name', 'project', 'projectName', 'project_name']))
  return { ...document, path, list, entries, groups, title, status, gated }
}

/** The list of tasks in a sentence. */
export function listName({ list }: PlanFile): string {
  return list === '' ? 'the file' : `"${list}"`
}

/** Does this text look like a plan, even an invalid one? */
export function looksLikePlan(source: string, path: string): boolean {
  try {
    const { entries, list } = parsePlanFile(source, path)
    return (entries.length === 0 && list !== '') || entries.some(hasState)
  } catch (error) {
    if (error instanceof Unreadable) return isMeant(source, path)
    throw error
  }
}

/** Is an invalid text meant as a plan? */
function isMeant(source: string, path: string): boolean {
  const hasList = INVALID_PLAN.test(source) || (!PLANS.test(path) && /^\s*\[/.test(source))
  return hasList && /"passes"\s*:/.test(source)
}

/** The first list whose tasks have a state: of phases with features, both may be lists. */
function bestOf(lists: readonly TaskList[]): TaskList | undefined {
  return lists.find(({ entries }) => entries.some(hasState)) ?? lists[0]
}

/** A list without tasks; throws `Unreadable` if there is no list. */
function emptyList({ root, lineAt }: JsonDocument, path: string): TaskList {
  const member = membersOf(root).find(({ key }) => LISTS.includes(key))
  if (member === undefined) throw new Unreadable(path, 1, `The file has no "tasks". ${REMEDY}`)
  if (member.value.type !== 'array')
    throw new Unreadable(
      path,
      lineAt(member.value.offset),
      `"${member.key}" is not a list. ${REMEDY}`,
    )
  return { key: member.key, depth: 0, entries: [], groups: new Map() }
}

function hasState(entry: Node): boolean {
  return stateNodes(entry).length > 0
}

/** If a key occurs twice, only a human knows which one is meant. */
function refuseRepeated({ root, lineAt }: JsonDocument, path: string): void {
  const twice = repeatedMembers(membersOf(root)).find(({ key }) => key === 'status')
  if (twice === undefined) return
  const text = `The key "${twice.key}" occurs twice. Keep one of them.`
  throw new Unreadable(path, lineAt(twice.start), text)
}

const PLANS = /(^|\/)docs\/plans\//
const INVALID_PLAN = new RegExp(`"(${LISTS.join('|')})"\\s*:`)
const REMEDY = 'Write them as "tasks": [{"id": 1, "name": "…", "dod": "…", "passes": false}].'
