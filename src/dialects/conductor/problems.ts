import type { Problem, Task } from '../../plan/plan.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { isArchivedTrack } from './features.ts'
import { metadataOf, metadataStatus } from './metadata.ts'
import { registryOf } from './registry.ts'
import { rootOf } from './roots.ts'
import { trackFor } from './track-edits.ts'

/** What a person should look at around a plan; none of it blocks a task. */
export function conductorProblems(
  reader: WorkspaceReader,
  candidate: Candidate,
  tasks: readonly Task[],
): Problem[] {
  return [
    ...missingSpec(reader, candidate),
    ...metadataProblems(reader, candidate),
    ...registryProblems(reader, candidate),
    ...tasks.flatMap(halfDone),
    ...toldTwice(tasks),
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
      { path, line: 1, text: `${path} has no entry for ${id}, so its status is not kept there.` },
    ]
  }
  const status = metadataStatus(metadataOf(reader, dir))
  // The metadata of registries is hardly ever kept up to date, so it says nothing there.
  if (flavour === 'registry' || status === undefined || status === track.status) return []
  const text = `${path} says ${track.status} of ${id}, and its metadata.json says ${status}.`
  return [{ path, line: track.line, text }]
}

/** The same list twice in a file, with other marks. */
function toldTwice(tasks: readonly Task[]): Problem[] {
  const firsts = new Map<string, Task>()
  return tasks.flatMap(task => {
    const name = JSON.stringify([task.phase, task.title])
    const first = firsts.get(name) ?? task
    firsts.set(name, first)
    const [before, now] = [first.markers[0], task.markers[0]]
    if (before === undefined || now === undefined || before.state === now.state) return []
    const text = `"${task.title}" is "${before.text}" in line ${before.line} and "${now.text}" here; each counts as a task of its own.`
    return [{ ...task.location, text }]
  })
}

/** A ticked task has to have its sub-tasks ticked. */
function halfDone({ id, markers, location }: Task): Problem[] {
  const [own, ...parts] = markers
  const open = parts.filter(({ state }) => state === 'open').length
  if (own?.state !== 'done' || open === 0) return []
  return [
    {
      ...location,
      text: `${id} is ticked, and ${open} of its sub-tasks ${open === 1 ? 'is' : 'are'} not.`,
    },
  ]
}
