import type { ActiveFeature, Candidate, WorkspaceReader } from '../dialect.ts'
import { onlyOpen } from '../only-open.ts'
import { projectsBelow } from '../projects-below.ts'
import { relativeFolder } from '../relative-folder.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { parseYamlMap, textIn } from '../yaml-map.ts'
import { configOf, stateOf } from './config.ts'

/** Where a backlog may be: the folder, and the files that may configure it. */
interface Place {
  folder: string
  configs: string[]
}

/** The backlogs of the workspace: its own, else those of its projects. */
export function featuresOf(reader: WorkspaceReader): Candidate[] {
  const own = backlogIn(reader, '')
  if (own !== undefined) return [own]
  return projectsBelow(reader).flatMap(project => backlogIn(reader, `${project}/`) ?? [])
}

function backlogIn(reader: WorkspaceReader, project: string): Candidate | undefined {
  const place = placeIn(reader, project)
  const dir = `${place?.folder}/tasks`
  const isBacklog =
    place !== undefined &&
    (place.configs.some(path => reader.exists(path)) || reader.list(dir).some(isTaskFile))
  return isBacklog ? { id: 'backlog', dir, tasks: dir } : undefined
}

function placeIn(reader: WorkspaceReader, project: string): Place | undefined {
  const beside = `${project}backlog.config.yml`
  const named = reader.exists(beside) ? folderIn(textOrEmpty(reader, beside)) : ''
  if (named !== '') return { folder: `${project}${named}`, configs: [beside] }
  const folder = FOLDERS.map(name => project + name).find(one => reader.exists(one))
  return folder === undefined ? undefined : { folder, configs: configsOf(folder) }
}

/** The files that may configure the backlog in a folder. */
export function configsOf(folder: string): string[] {
  const parts = folder.split('/')
  const above = parts.map((_, depth) => [...parts.slice(0, depth), 'backlog.config.yml'].join('/'))
  return [`${folder}/config.yml`, `${folder}/config.yaml`, ...above.toReversed()]
}

function folderIn(config: string): string {
  const yaml = parseYamlMap(config, MAX_CONFIG)
  return 'root' in yaml && yaml.root ? relativeFolder(textIn(yaml.root, 'backlog_directory')) : ''
}

/** A folder of tasks that the caller named, such as `backlog/completed`. */
export function featureIn(reader: WorkspaceReader, dir: string): Candidate | undefined {
  return reader.list(dir).some(isTaskFile) ? { id: 'backlog', dir, tasks: dir } : undefined
}

/** The only backlog, or the only one with open tasks. */
export function activeOf(reader: WorkspaceReader): ActiveFeature {
  const all = featuresOf(reader)
  const [only, ...more] = all
  if (only === undefined)
    return { none: 'There is no backlog.', remedy: 'Create tasks first (backlog task create).' }
  const isOpen = (one: Candidate) => hasOpenTasks(reader, one)
  if (more.length === 0)
    return { found: only, evidence: `${only.dir} is the only one`, isFinished: !isOpen(only) }
  return onlyOpen(all, isOpen, {
    name: ({ dir }) => dir,
    noun: 'one',
    remedy: 'Name the backlog.',
  })
}

/** A file that cannot be read counts as open, so that the problem is reported. */
function hasOpenTasks(reader: WorkspaceReader, { dir }: Candidate): boolean {
  const config = configOf(reader, configsOf(dir.replace(/\/[^/]+$/, '')))
  const files = reader.list(dir).filter(isTaskFile)
  return (
    files.length === 0 ||
    files.some(file => {
      const head = textOrEmpty(reader, `${dir}/${file}`).slice(0, HEAD)
      const [, status = ''] = /^status:[ \t]*["']?([^"'\r\n#]*)/m.exec(head) ?? []
      const state = stateOf(config, status)
      return state !== 'done' && state !== 'other'
    })
  )
}

/** Is this the name of a task's file, such as `task-12 - Add-a-theme.md`? */
export function isTaskFile(name: string): boolean {
  return TASK_FILE.test(name)
}

/** The id at the start of a file's name. */
export function idOfFile(name: string): string | undefined {
  return TASK_FILE.exec(name)?.[1]
}

const FOLDERS = ['backlog', '.backlog']
const TASK_FILE = /^([a-z][a-z0-9_]*-[\d.]*\d)(?=[ -]|\.md$).*\.md$/i
const MAX_CONFIG = 64 * 1024
const HEAD = 2_000
