import type { Node } from 'jsonc-parser'
import type { Task } from '../../plan/plan.ts'
import { firstOf, stringOf, stringsOf, valueOf } from '../json-document.ts'
import { filesNamedIn } from '../task-list/files.ts'
import { stateMarker } from './states.ts'
import type { TaskFile } from './task-file.ts'

/** What an entry says about its task. */
export function contentOf(
  file: TaskFile,
  entry: Node,
  id: string,
  phase: string,
): Omit<Task, 'location'> {
  const text = (key: string) => stringOf(valueOf(entry, key))?.trim() ?? ''
  const [description, details, strategy] = ['description', 'details', 'testStrategy'].map(text)
  const title = text('title') || firstLine(description ?? '') || id
  const more = [description === title ? '' : description, details].filter(Boolean).join('\n\n')
  const named = stringsOf(valueOf(entry, 'files'))
  const inText = [title, description, details, strategy].flatMap(one => filesNamedIn(one ?? ''))
  return {
    id,
    title,
    ...(more !== '' && { description: more }),
    phase,
    kind: 'build',
    kindReason: '',
    parallel: false,
    files: [...new Set([...named.flatMap(filesNamedIn), ...inText])],
    dependsOn: [],
    acceptance: [
      ...stringsOf(firstOf(entry, ['acceptanceCriteria', 'acceptance_criteria'])),
      ...(strategy ? [strategy] : []),
    ],
    markers: [stateMarker(file, entry)],
  }
}

/** The ids in `dependencies`, as the file writes them. */
export function dependenciesOf(file: TaskFile, entry: Node): string[] {
  const node = valueOf(entry, 'dependencies')
  const nodes = node?.type === 'array' ? (node.children ?? []) : [node]
  return nodes.flatMap(one => {
    const isId = one?.type === 'number' || (one?.type === 'string' && stringOf(one)?.trim() !== '')
    return one !== undefined && isId ? [textOf(file, one)] : []
  })
}

/** The id of an entry; `undefined` if it has none. */
export function numberOf(file: TaskFile, entry: Node): string | undefined {
  const node = valueOf(entry, 'id')
  if (node === undefined || (node.type !== 'number' && node.type !== 'string')) return undefined
  return textOf(file, node) || undefined
}

/** The value of a string; the source text of a number, so that a large one keeps all its digits. */
function textOf({ source }: TaskFile, node: Node): string {
  return (stringOf(node) ?? source.slice(node.offset, node.offset + node.length)).trim()
}

function firstLine(text: string): string {
  return text.split(/[\r\n]/)[0] ?? ''
}
