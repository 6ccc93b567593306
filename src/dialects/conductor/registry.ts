import type { Problem } from '../../plan/plan.ts'
import { Unreadable, type WorkspaceReader } from '../dialect.ts'
import { rowsOf } from '../markdown.ts'
import { tracksInList } from './registry-list.ts'
import { registryPath } from './roots.ts'
import { countersIn, type Counter } from './statistics.ts'
import { tracksInTables } from './registry-table.ts'
import type { Track } from './track.ts'

/**
 * `table`: rows with a status in words, as the conductors for Cursor keep them; `registry`: entries with a box, as the
 * conductor of Gemini CLI does.
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

/** The registry of a conductor folder, `undefined` where it has none. */
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

/** What a folder keeps that has no registry to tell. */
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

/** How the registry of this conductor folder is kept. */
export function flavourIn(reader: WorkspaceReader, root: string): Flavour {
  return registryOf(reader, root)?.flavour ?? flavourOf(root)
}
