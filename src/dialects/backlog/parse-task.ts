import { kindOf } from '../../plan/kinds.ts'
import type { Problem, Task } from '../../plan/plan.ts'
import { longLineProblems, rowsOf } from '../markdown.ts'
import { filesNamedIn } from '../task-list/files.ts'
import { blockAllTasks, unclosedBlockProblem } from '../unclosed-block.ts'
import { textIn, textsIn } from '../yaml-map.ts'
import { isBlocked, openStatus, stateOf, type Config } from './config.ts'
import { frontMatterOf, scalarIn, type FrontMatter } from './front-matter.ts'
import { sectionsOf, type Sections } from './sections.ts'

/** The task of one file, and what only the whole backlog says about it. */
export interface TaskFile {
  task: Task
  /** Ids as the file writes them. */
  dependencies: string[]
  parent: string
  ordinal: number
  problems: Problem[]
}

/** Parses a file of a backlog; without a task in it, only the problem that says why. */
export function parseTaskFile(source: string, path: string, config: Config): TaskFile | Problem {
  const front = frontMatterOf(source)
  if ('text' in front)
    return { path, line: front.line, text: `${front.text} ${UNREAD}`, isUnread: true }
  const id = textIn(front.root, 'id')
  if (id === '')
    return { path, line: 1, text: `The front matter has no id. ${UNREAD}`, isUnread: true }
  const rows = rowsOf(source)
  const sections = sectionsOf(rows, path)
  const task = taskOf(source, path, { front, sections, id, config })
  const hidden = unclosedBlockProblem(source, rows, path)
  const ordinal = Number(textIn(front.root, 'ordinal') || NaN)
  return {
    task,
    dependencies: textsIn(front.root, 'dependencies'),
    parent: textIn(front.root, 'parent_task_id'),
    ordinal: Number.isNaN(ordinal) ? Infinity : ordinal,
    problems: [
      ...blockAllTasks(hidden, [task]),
      ...longLineProblems(rows, path),
      ...statusProblems(source, path, { front, id, config }),
      ...sections.problems,
    ],
  }
}

interface Parsed {
  front: FrontMatter
  id: string
  config: Config
}

function taskOf(
  source: string,
  path: string,
  { front, sections, id, config }: Parsed & { sections: Sections },
): Task {
  const { root, lineAt } = front
  const title = textIn(root, 'title') || id
  const { description, plan, criteria, done } = sections
  const phase = textIn(root, 'milestone') || (config.title ?? 'Backlog')
  const texts = criteria.map(({ text }) => text)
  const files = filesNamedIn([title, description, plan, ...texts].join('\n'))
  const more = [description, plan].filter(Boolean).join('\n\n')
  const status = scalarIn(front, 'status', source)
  const state = stateOf(config, status?.value || openStatus(config)) ?? 'open'
  // A missing status is inserted at the beginning of the front matter.
  const { text: written = '', start = front.start } = status ?? {}
  const line = status?.line ?? 2
  const mark = { path, line, text: written, state, start, end: start + written.length }
  return {
    id,
    title,
    ...(more !== '' && { description: more }),
    phase,
    ...kindOf({ category: 'work', phase, title, files, ahead: false }),
    parallel: false,
    files,
    dependsOn: [],
    acceptance: [...texts, ...done.map(({ text }) => `${DONE_PREFIX}${text}`)],
    location: { path, line: lineAt(root.get('title', true) ?? root.get('id', true)) },
    markers: [mark, ...criteria.map(({ marker }) => marker)],
  }
}

function statusProblems(source: string, path: string, { front, id, config }: Parsed): Problem[] {
  const status = scalarIn(front, 'status', source)
  if (status === undefined)
    return [{ path, line: 1, text: `${id} has no status, so it counts as ${openStatus(config)}.` }]
  const { value, line } = status
  if (isBlocked(value))
    return [
      {
        path,
        line,
        text: `${id} is blocked. Change its status when the cause is gone.`,
        blocks: [id],
      },
    ]
  if (stateOf(config, value) !== undefined) return []
  const known = config.statuses.join(', ')
  return [
    {
      path,
      line,
      text: `${id} has the status "${value}", which the backlog does not have (${known}), so it counts as ${openStatus(config)}.`,
      isUnread: true,
    },
  ]
}

/** Before the items of the definition of done, which are not criteria of one task. */
export const DONE_PREFIX = 'Definition of done: '
const UNREAD = 'So the file is not read as a task.'
