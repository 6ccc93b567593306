import { countOf } from '../../plan/format-list.ts'
import { Unreadable, Unsupported, type WorkspaceReader } from '../dialect.ts'

/** The text of a file with tasks. `remedy`: how to write the first task. */
export function planSource(reader: WorkspaceReader, path: string, remedy: string): string {
  const source = reader.read(path)
  if (source === undefined) throw new Unreadable(path, 1, `The file is missing. ${remedy}`)
  if (source.includes('\0'))
    throw new Unsupported(path, 1, 'The file is not UTF-8 text. Save it as UTF-8.')
  return source
}

/** Refuses a file with more tasks than any plan has. */
export function refuseTooMany(path: string, count: number): void {
  if (count <= MAX_TASKS) return
  const text = `The file has ${countOf(count, 'task')}; a plan may have ${MAX_TASKS}. Divide the feature.`
  throw new Unsupported(path, 1, text)
}

const MAX_TASKS = 20_000
