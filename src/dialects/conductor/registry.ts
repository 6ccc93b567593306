import type { Problem } from '../../plan/plan.ts'
import { Unreadable, type WorkspaceReader } from '../dialect.ts'
import { rowsOf } from '../markdown.ts'
import { tracksInList } from './registry-list.ts'
import { registryPath } from './roots.ts'
import { countersIn, type Counter } from './statistics.ts'
import { tracksInTables } from './registry-table.ts'
import type { Track } from './track.ts'

/**
 * `table`: rows with a status text, as in the conductors for Cursor; `registry`: entries with a box, as in Gemini CLI's
 * conductor.
 */
export type Flavour = 'table' | 'registry'

export interface Registry {
  root: string
  path: string
  flavour: Flavour
  tracks: Track[]
  counters: Counter[]
  problem?: Problem
}

/** The registry of a conductor folder; `undefined` if it has none. */
export function registryOf(reader: WorkspaceReader, root: string): Registry | undefined {
  const path = registryPath(reader, root)
  const base = { root, path, tracks: [], counters: [] }
  try {
    const source = reader.read(path)
    return source === undefined ? undefined : { ...base, ...contentOf(source, path, root) }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const { line, message: text } = error
    return { ...base, flavour: flavourOf(root), problem: { path, line, text } }
  }
}

/** The flavour of a folder by its name, if the registry does not show it. */
function flavourOf(root: string): Flavour {
  return root.endsWith('-conductor') ? 'table' : 'registry'
}

type Content = Pick<Registry, 'flavour' | 'tracks' | 'counters'>

function contentOf(source: string, path: string, root: string): Content {
  const rows = rowsOf(source)
  const table = tracksInTables(rows, path)
  if (table !== undefined)
    return { flavour: 'table', tracks: table, counters: countersIn(rows, path) }
  const tracks = tracksInList(rows, path)
  return { flavour: tracks.length > 0 ? 'registry' : flavourOf(root), tracks, counters: [] }
}

/** The flavour of a conductor folder. */
export function flavourIn(reader: WorkspaceReader, root: string): Flavour {
  return registryOf(reader, root)?.flavour ?? flavourOf(root)
}
