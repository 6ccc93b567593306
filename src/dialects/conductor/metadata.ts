import { findNodeAtLocation, parseTree, type Node, type ParseError } from 'jsonc-parser'
import type { Edit } from '../../plan/edit.ts'
import type { Problem } from '../../plan/plan.ts'
import { Unreadable, type Timestamp, type WorkspaceReader } from '../dialect.ts'
import { formatDateLike } from './dates.ts'
import { replaceSpan, type TextSpan } from './text-span.ts'
import { statusTextLike, parseStatusText, type Status, type WritableStatus } from './status-text.ts'

/** The metadata.json of a component or track; for an invalid one, only the problem. */
export interface Metadata {
  status?: TextSpan
  updated?: TextSpan
  title?: string
  problem?: Problem
}

export function metadataOf(reader: WorkspaceReader, dir: string): Metadata {
  const path = `${dir}/metadata.json`
  try {
    const source = reader.read(path)
    return source === undefined ? {} : contentOf(source, path)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { problem: { path, line: error.line, text: error.message } }
  }
}

/** The status in the metadata; `undefined` if there is none. */
export function metadataStatus({ status }: Metadata): Status | undefined {
  return status && parseStatusText(valueOf(status)).status
}

/** The edits of status and date. With `undefined`, the status stays. An invalid file is not edited. */
export function metadataEdits(
  metadata: Metadata,
  status: WritableStatus | undefined,
  at: Timestamp,
): Edit[] {
  const { status: current, updated } = metadata
  const wanted = status !== undefined && metadataStatus(metadata) !== status ? status : undefined
  return [
    ...(current && wanted ? stringEdit(current, statusTextLike(valueOf(current), wanted)) : []),
    ...(updated ? stringEdit(updated, formatDateLike(valueOf(updated), at)) : []),
  ]
}

function contentOf(source: string, path: string): Metadata {
  // The byte order mark is not part of the JSON, but counts in every offset.
  const mark = source.startsWith('\u{feff}') ? 1 : 0
  const errors: ParseError[] = []
  const root = parseTree(source.slice(mark), errors, { disallowComments: true })
  const [error] = errors
  if (root?.type !== 'object' || error !== undefined) {
    const line = lineAt(source, (error?.offset ?? 0) + mark)
    return { problem: { path, line, text: INVALID } }
  }
  const find = (names: readonly string[]) => spanOf(source, path, mark, stringIn(root, names))
  const [status, updated] = [find(['status']), find(UPDATED)]
  const title = stringIn(root, ['title', 'name', 'description'])?.value
  return {
    ...(status ? { status } : {}),
    ...(updated ? { updated } : {}),
    ...(typeof title === 'string' ? { title } : {}),
  }
}

function stringIn(root: Node, names: readonly string[]): Node | undefined {
  return names
    .map(name => findNodeAtLocation(root, [name]))
    .find(node => node?.type === 'string' && node.value !== '')
}

function spanOf(source: string, path: string, mark: number, node?: Node): TextSpan | undefined {
  if (node === undefined) return undefined
  const start = node.offset + mark
  const end = start + node.length
  return { path, line: lineAt(source, start), start, end, text: source.slice(start, end) }
}

function valueOf({ text }: TextSpan): string {
  return text.slice(1, -1)
}

function stringEdit(span: TextSpan, value: string): Edit[] {
  return replaceSpan(span, JSON.stringify(value))
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split(/\r\n|\n|\r/).length
}

const UPDATED = ['updated', 'updated_at', 'updatedAt', 'last_updated']
const INVALID = 'The file is not valid JSON, so its status is not updated. Fix it by hand.'
