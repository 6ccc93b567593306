import * as z from 'zod'
import type { ActiveFeature, Candidate, WorkspaceReader } from '../dialect.ts'
import { onlyOpen } from '../only-open.ts'
import { parsedJson } from '../parsed-json.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { candidateOf, fileOrUndefined, projectOf, taskFiles, tagsIn } from './features.ts'
import { isOpen } from './states.ts'
import { DEFAULT_TAG } from './task-file.ts'

/** The current tag of task-master, in the only project that has tasks. */
export function activeOf(reader: WorkspaceReader): ActiveFeature {
  const [path, ...others] = taskFiles(reader)
  if (path === undefined)
    return {
      none: 'There is no .taskmaster/tasks/tasks.json.',
      remedy: 'Let task-master write the tasks first (task-master parse-prd).',
    }
  if (others.length === 0) return activeTag(reader, path)
  const all = [path, ...others].flatMap(one => featuresOf(activeTag(reader, one)))
  return onlyOpen(all, feature => hasOpenTasks(reader, feature), {
    name: ({ dir }) => dir,
    noun: 'current tag',
    remedy: 'Name the tag.',
  })
}

function featuresOf(active: ActiveFeature): Candidate[] {
  if ('found' in active) return [active.found]
  return 'several' in active ? active.several : []
}

/** As in task-master: the environment decides, then state.json, then config.json, else it is `master`. */
function activeTag(reader: WorkspaceReader, path: string): ActiveFeature {
  const all = tagsIn(reader, path)
  const { name, evidence, doubt } = currentTag(reader, path)
  const named = all.find(({ id }) => id === name)
  const [only, ...more] = all
  if (named === undefined && (only === undefined || more.length > 0))
    return { several: all, remedy: 'Name the tag.' }
  const found = named ?? only ?? candidateOf(path, name)
  const isFinished = !hasOpenTasks(reader, found)
  const why = named === undefined || more.length === 0 ? 'it has the only tag' : evidence
  return {
    found,
    evidence: why,
    isFinished,
    ...(more.length > 0 && doubt !== undefined && { doubt }),
  }
}

interface CurrentTag {
  name: string
  evidence: string
  /** What names the tag, if it cannot be read. */
  doubt?: string
}

function currentTag(reader: WorkspaceReader, path: string): CurrentTag {
  const variable = reader.variable('TASKMASTER_TAG')
  if (variable !== undefined && variable !== '')
    return { name: variable, evidence: `TASKMASTER_TAG names ${variable}` }
  const folder = `${projectOf(path)}.taskmaster`
  const state = textOrEmpty(reader, `${folder}/state.json`)
  const { data } = pointers.safeParse({
    state: parsedJson(state),
    config: parsedJson(textOrEmpty(reader, `${folder}/config.json`)),
  })
  const own = data?.state?.currentTag ?? data?.state?.activeTag
  if (own !== undefined) return { name: own, evidence: `${folder}/state.json names ${own}` }
  const usual = data?.config?.global?.defaultTag
  const isInvalid = state !== '' && parsedJson(state) === undefined
  return {
    name: usual ?? DEFAULT_TAG,
    evidence:
      usual === undefined
        ? `${DEFAULT_TAG} is the default of task-master`
        : `${folder}/config.json names ${usual} as the default`,
    ...(isInvalid && {
      doubt: `${folder}/state.json is not valid JSON, so it does not say which tag is current.`,
    }),
  }
}

/** A file that cannot be read counts as open, so that the problem is reported. */
function hasOpenTasks(reader: WorkspaceReader, { id, tasks: path }: Candidate): boolean {
  const tag = fileOrUndefined(reader, path)?.tags.find(({ name }) => name === id)
  const entries = tag?.tasks.children ?? []
  return entries.length === 0 || entries.some(isOpen)
}

const stateFile = z.looseObject({
  currentTag: z.string().optional(),
  activeTag: z.string().optional(),
})
const config = z.looseObject({
  global: z.looseObject({ defaultTag: z.string().optional() }).optional(),
})
const pointers = z.looseObject({
  state: stateFile.optional().catch(undefined),
  config: config.optional().catch(undefined),
})
