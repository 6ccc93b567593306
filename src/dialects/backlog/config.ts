import { isSeq } from 'yaml'
import type { MarkState, Problem } from '../../plan/plan.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { parseYamlMap, textIn, textsIn } from '../yaml-map.ts'

/** What the configuration of a backlog says. */
export interface Config {
  title: string | undefined
  /** The columns of the board, the first for new tasks and the last for finished ones. */
  statuses: string[]
  problems: Problem[]
}

/** Reads `config.yml` in the folder of the backlog, or `backlog.config.yml` beside it. */
export function configOf(reader: WorkspaceReader, paths: readonly string[]): Config {
  const path = paths.find(one => reader.exists(one))
  const yaml = path === undefined ? undefined : parseYamlMap(textOrEmpty(reader, path), MAX_LENGTH)
  if (path === undefined || yaml === undefined)
    return { title: undefined, statuses: USUAL, problems: [] }
  if ('text' in yaml) {
    const text = `${yaml.text} The statuses ${USUAL.join(', ')} are assumed.`
    return { title: undefined, statuses: USUAL, problems: [{ path, line: yaml.line, text }] }
  }
  const { root } = yaml
  const statuses = root && isSeq(root.get('statuses', true)) ? textsIn(root, 'statuses') : []
  return {
    title: root && (textIn(root, 'project_name') || undefined),
    statuses: statuses.length > 1 ? statuses : USUAL,
    problems: [],
  }
}

/** The status that a finished task gets: `Done`, or the last column. */
export function doneStatus({ statuses }: Config): string {
  return statuses.find(one => DONE.test(plain(one))) ?? statuses.at(-1) ?? 'Done'
}

/** The status of a task in progress; `undefined` if the board has no column for it. */
export function startedStatus({ statuses }: Config): string | undefined {
  const between = statuses.slice(1, -1)
  return between.find(one => STARTED.test(plain(one))) ?? between[0]
}

/** The status of a task that nobody has begun. */
export function openStatus({ statuses }: Config): string {
  return statuses[0] ?? 'To Do'
}

/** The state that a status shows; `undefined` if the board has no such column. */
export function stateOf(config: Config, status: string): MarkState | undefined {
  const known = config.statuses.find(one => plain(one) === plain(status))
  if (known === undefined) return DROPPED.test(plain(status)) ? 'other' : undefined
  if (known === doneStatus(config)) return 'done'
  if (DROPPED.test(plain(known))) return 'other'
  return known === openStatus(config) || BLOCKED.test(plain(known)) ? 'open' : 'doing'
}

/** Does a task with this status wait for a human? */
export function isBlocked(status: string): boolean {
  return BLOCKED.test(plain(status))
}

/** Without case, and without the symbols that some boards have before the words. */
function plain(status: string): string {
  return status
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const USUAL = ['To Do', 'In Progress', 'Done']
const DONE = /^(done|completed?|closed|finished)$/
const STARTED = /^(in progress|doing|started|wip)$/
const BLOCKED = /^(blocked|on hold|waiting)$/
const DROPPED = /^(cancell?ed|rejected|won t (do|fix)|wontfix|deferred|draft)$/
const MAX_LENGTH = 64 * 1024
