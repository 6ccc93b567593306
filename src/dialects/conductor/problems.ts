import type { Problem, Task } from '../../plan/plan.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { isArchivedTrack } from './features.ts'
import { metadataOf, metadataStatus } from './metadata.ts'
import { registryOf } from './registry.ts'
import { rootOf } from './roots.ts'
import { trackFor } from './track-edits.ts'

/** Problems in a plan and in the files around it. They block no task. */
export function conductorProblems(
  reader: WorkspaceReader,
  candidate: Candidate,
  tasks: readonly Task[],
): Problem[] {
  return [
    ...missingSpec(reader, candidate),
    ...metadataProblems(reader, candidate),
    ...registryProblems(reader, candidate),
    ...tasks.flatMap(openSubtasks),
    ...repeatedTasks(tasks),
  ]
}

function missingSpec(reader: WorkspaceReader, { dir }: Candidate): Problem[] {
  const path = `${dir}/spec.md`
  if (reader.exists(path)) return []
  return [{ path, line: 1, text: `${path} is missing. Write the specification first.` }]
}

function metadataProblems(reader: WorkspaceReader, { dir }: Candidate): Problem[] {
  const { problem } = metadataOf(reader, dir)
  return problem === undefined ? [] : [problem]
}

function registryProblems(reader: WorkspaceReader, { id, dir }: Candidate): Problem[] {
  const registry = registryOf(reader, rootOf(dir))
  if (registry === undefined) return []
  const { path, problem, flavour } = registry
  if (problem !== undefined) return [problem]
  const track = trackFor(reader, registry, dir)
  if (track === undefined) {
    if (isArchivedTrack(dir)) return []
    return [
      {
        path,
        line: 1,
        text: `${path} has no entry for ${id}, so its status is not updated there.`,
      },
    ]
  }
  const status = metadataStatus(metadataOf(reader, dir))
  // The metadata of tracks in a list is rarely up to date, so a difference is not reported.
  if (flavour === 'registry' || status === undefined || status === track.status) return []
  const text = `${id} is "${track.status}" in ${path}, but "${status}" in its metadata.json.`
  return [{ path, line: track.line, text }]
}

/** Tasks that occur twice in the file with different marks. */
function repeatedTasks(tasks: readonly Task[]): Problem[] {
  const firsts = new Map<string, Task>()
  return tasks.flatMap(task => {
    const name = JSON.stringify([task.phase, task.title])
    const first = firsts.get(name) ?? task
    firsts.set(name, first)
    const [earlier, later] = [first.markers[0], task.markers[0]]
    if (earlier === undefined || later === undefined || earlier.state === later.state) return []
    const text = `"${task.title}" is "${earlier.text}" in line ${earlier.line} and "${later.text}" here; each counts as a separate task.`
    return [{ ...task.location, text }]
  })
}

/** Open sub-tasks of a ticked task. */
function openSubtasks({ id, markers, location }: Task): Problem[] {
  const [own, ...parts] = markers
  const open = parts.filter(({ state }) => state === 'open').length
  if (own?.state !== 'done' || open === 0) return []
  return [
    {
      ...location,
      text: `${id} is ticked, but ${open} of its sub-tasks ${open === 1 ? 'is' : 'are'} not.`,
    },
  ]
}
