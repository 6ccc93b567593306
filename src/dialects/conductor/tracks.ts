import type { Edit } from '../../plan/edit.ts'
import type { Timestamp, WorkspaceReader } from '../dialect.ts'
import { doneMark } from '../marks.ts'
import { dateLike } from './dates.ts'
import { plansIn } from './features.ts'
import { linkTarget } from './links.ts'
import { replaced, type ConductorFolder } from './place.ts'
import type { Registry } from './registry.ts'
import type { Track } from './track.ts'
import { recounted } from './statistics.ts'
import { inMannerOf, WRITTEN, type Written } from './words.ts'

/** The row or entry of the component in this folder. */
export function trackFor(
  reader: WorkspaceReader,
  registry: Registry,
  dir: string,
): Track | undefined {
  const plans = plansIn(reader, registry.root)
  return registry.tracks.find(track => linkTarget(reader, registry.root, track, plans).dir === dir)
}

/** The edits of a registry that say how far a track is, and when; a status of `undefined` stays. */
export function trackEdits(
  registry: Registry,
  track: Track,
  status: Written | undefined,
  at: Timestamp,
): Edit[] {
  const dates = [
    ...dated(track.updated, at),
    ...(status === 'completed' ? dated(track.completed, at) : []),
  ]
  if (status === undefined || track.status === status) return dates
  const tracks = registry.tracks.map(one => (one === track ? { ...track, status } : one))
  return [...marked(registry, track, status), ...dates, ...recounted(registry.counters, tracks)]
}

function marked({ flavour, tracks }: Registry, { mark }: Track, status: Written): Edit[] {
  if (mark === undefined) return []
  if (flavour === 'table') {
    const isEmpty = mark.text.trim() === ''
    return replaced(mark, isEmpty ? padded(WRITTEN[status]) : inMannerOf(mark.text, status))
  }
  const marks = tracks.map(({ mark }) => mark?.text ?? '')
  return replaced(mark, status === 'completed' ? doneMark([...marks, '[x]'], mark.text) : '[~]')
}

function dated(cell: ConductorFolder | undefined, at: Timestamp): Edit[] {
  if (cell === undefined) return []
  const date = dateLike(cell.text, at)
  return replaced(cell, cell.text.trim() === '' ? padded(date) : date)
}

function padded(text: string): string {
  return ` ${text} `
}
