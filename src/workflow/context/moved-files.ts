import path from 'node:path'
import type { Event } from '../../evidence/event.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { withoutComments } from '../../plan/without-comments.ts'
import { fileStatus, readBytes } from '../../store/read-file.ts'
import { git } from '../../store/git.ts'
import { literalPath } from '../../store/literal-path.ts'
import { absolute, type Workspace } from '../../store/workspace.ts'

/** Files that proved a task and cannot be found. */
interface Lost {
  names: readonly string[]
  /** When the task was started. */
  since: string
}

/**
 * Whether the files may be on this branch under other names: since the task was started, a file of their kind came to it or was changed,
 * and no event recorded it. A squash merge after a rename and a change leaves no other trace.
 */
export async function mayHaveMoved(
  workspace: Workspace,
  { names, since }: Lost,
  recorded: RecordedFiles,
): Promise<boolean> {
  const before = `--min-age=${Math.floor(Date.parse(since) / 1000) - 1}`
  const base = await git(workspace, ['rev-list', '-1', before, 'HEAD'])
  if (base === undefined) return true
  // The index has what was merged and is not committed yet.
  const changed = await git(workspace, [...CHANGED, base.trim() || EMPTY_TREE])
  if (changed === undefined) return true
  const files = changed
    .split('\0')
    .filter(file => names.some(name => isOfKind(name, file)) && holdsCode(workspace, file))
  if (files.some(file => !recorded.has(file))) return true
  return wereBefore(workspace, files, recorded)
}

/** Was one of the files committed before an event recorded it? Then a task went on with a file that came from elsewhere. */
async function wereBefore(
  workspace: Workspace,
  files: readonly string[],
  recorded: RecordedFiles,
): Promise<boolean> {
  if (files.length === 0) return false
  const log = await git(workspace, [...ADDED, 'HEAD', '--', ...files.map(literalPath)])
  if (log === undefined) return true
  let time = 0
  return log.split('\n').some(line => {
    time = Number(/^\0(\d+)$/.exec(line)?.[1] ?? time)
    const first = Date.parse(recorded.get(line) ?? '')
    return (time + 1) * 1000 < first
  })
}

const CHANGED = ['diff-index', '--cached', '--name-only', '--diff-filter=AM', '--relative', '-z']

const ADDED =
  'log --full-history --diff-filter=A --no-renames --name-only --relative --format=%x00%ct'.split(
    ' ',
  )

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

function isOfKind(name: string, file: string): boolean {
  return isTestFile(name) ? isTestFile(file) : path.extname(name) === path.extname(file)
}

/** When a file was first recorded, by path. */
export type RecordedFiles = ReadonlyMap<string, string>

/** The files that events recorded, and the plans that they marked. */
export function recordedFiles(events: readonly Event[]): RecordedFiles {
  const files = new Map<string, string>()
  for (const event of events)
    for (const file of filesOf(event)) if (!files.has(file)) files.set(file, event.at)
  return files
}

function filesOf(event: Event): string[] {
  if (event.kind === 'done') return event.marks.map(mark => mark.path)
  if (event.kind === 'red') return Object.keys(event.files)
  return event.kind === 'green' ? [...Object.keys(event.files), ...event.named] : []
}

/** Whether a file has more than comments or, if the comment syntax of its language is unknown, more than blank space. */
export function holdsCode(workspace: Workspace, file: string): boolean {
  return matchesContent(workspace, file, text => withoutComments(file, text) ?? text)
}

export function holdsText(workspace: Workspace, file: string): boolean {
  return matchesContent(workspace, file, text => text)
}

function matchesContent(
  workspace: Workspace,
  file: string,
  part: (text: string) => string,
): boolean {
  const place = absolute(workspace, file)
  const size = fileStatus(place)?.size ?? 0
  if (size > MAX_READ_BYTES) return true
  const text = size === 0 ? '' : (readBytes(place)?.toString('utf8') ?? '')
  return part(text).trim() !== ''
}

/** A larger file has code: nobody writes so many comments. */
const MAX_READ_BYTES = 1024 * 1024
