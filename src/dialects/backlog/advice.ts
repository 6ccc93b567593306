import type { Task } from '../../plan/plan.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { rowsOf } from '../markdown.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { sectionsOf } from './sections.ts'

/** What is left to the assistant: the definition of done, which the server cannot see, and the notes. */
export function adviceFor(
  reader: WorkspaceReader,
  { id, location: { path } }: Task,
): { before: string[]; after: string[] } {
  const { done } = sectionsOf(rowsOf(textOrEmpty(reader, path)), path)
  const open = done.flatMap(({ marker }, at) => (marker.state === 'done' ? [] : [at + 1]))
  const flags = open.map(number => `--check-dod ${number}`).join(' ')
  return {
    before: [],
    after:
      open.length === 0
        ? []
        : [`Tick what holds of the definition of done: backlog task edit ${id} ${flags}.`],
  }
}
