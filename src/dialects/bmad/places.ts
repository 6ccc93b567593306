import type { WorkspaceReader } from '../dialect.ts'
import { projectsBelow } from '../projects-below.ts'
import { relativeFolder } from '../relative-folder.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { parseYamlMap, textIn } from '../yaml-map.ts'
import { isDottedStory } from './story-names.ts'

/** Where BMAD keeps the stories of a project. */
export interface Place {
  /** The folder of the project: empty, or with a slash at the end. */
  project: string
  /** The folders that may contain stories, the one with the status file first. */
  folders: string[]
  /** `sprint-status.yaml`, if there is one. */
  status: string | undefined
  /** What shows that BMAD keeps stories there, if there is no such file. */
  evidence?: string
}

/** The projects of BMAD: the workspace itself, else those of its folders. */
export function placesOf(reader: WorkspaceReader): Place[] {
  const own = placeIn(reader, '')
  if (own !== undefined) return [own]
  return projectsBelow(reader).flatMap(project => placeIn(reader, `${project}/`) ?? [])
}

/** The place that a story belongs to. */
export function placeOfStory(reader: WorkspaceReader, path: string): Place {
  const folder = path.replace(/\/?[^/]+$/, '')
  const found = placesOf(reader).find(({ folders }) => folders.includes(folder))
  if (found !== undefined) return found
  const status = `${folder}/${STATUS_FILE}`
  return { project: '', folders: [folder], status: reader.exists(status) ? status : undefined }
}

function placeIn(reader: WorkspaceReader, project: string): Place | undefined {
  const config = CONFIGS.map(path => project + path).find(path => reader.exists(path))
  const named = config === undefined ? [] : foldersIn(textOrEmpty(reader, config), project)
  const all = [...new Set([...named, ...USUAL.map(path => project + path)])]
  const folder = all.find(path => reader.exists(`${path}/${STATUS_FILE}`))
  if (folder === undefined && named.length === 0) {
    const story = reader
      .list(project + STORIES)
      .find(name => name.endsWith('.md') && isDottedStory(name))
    const dotted = story && `${project}${STORIES}/${story}`
    if (dotted !== undefined)
      return { project, folders: [project + STORIES], status: undefined, evidence: dotted }
  }
  if (folder === undefined && config === undefined) return undefined
  const status = folder && `${folder}/${STATUS_FILE}`
  const stories = status === undefined ? [] : foldersIn(textOrEmpty(reader, status), project)
  const folders = [...new Set([...(folder === undefined ? named : [folder]), ...stories])]
  const evidence = config ?? `${project}_bmad`
  return { project, folders, status, evidence }
}

/** The folders that a configuration or a status file names for stories. */
function foldersIn(text: string, project: string): string[] {
  const yaml = parseYamlMap(text, MAX_LENGTH)
  if (!('root' in yaml) || yaml.root === undefined) return []
  const { root } = yaml
  return KEYS.flatMap(key => {
    const path = relativeFolder(textIn(root, key).replace(/^\{project-root\}[/\\]?/, ''))
    return path === '' || /[{}:]/.test(path) ? [] : [project + path]
  })
}

const STATUS_FILE = 'sprint-status.yaml'
const CONFIGS = [
  '_bmad/bmm/config.yaml',
  'bmad/bmm/config.yaml',
  '.bmad/bmm/config.yaml',
  '.bmad-core/core-config.yaml',
]
const KEYS = [
  'implementation_artifacts',
  'sprint_artifacts',
  'dev_story_location',
  'story_location',
  'devStoryLocation',
]
/** Where BMAD v4 keeps its stories. */
const STORIES = 'docs/stories'
const USUAL = [
  '_bmad-output/implementation-artifacts',
  '_bmad-output',
  'docs/sprint-artifacts',
  'docs/stories',
  'docs',
]
export const MAX_LENGTH = 256 * 1024
