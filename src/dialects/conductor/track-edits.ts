import type { Edit } from '../../plan/edit.ts'
import type { Timestamp, WorkspaceReader } from '../dialect.ts'
import { doneMark } from '../marks.ts'
import { formatDateLike } from './dates.ts'
import { plansIn } from './features.ts'
import { trackCandidates } from './links.ts'
import { replaceSpan, type TextSpan } from './text-span.ts'
import type { Registry } from './registry.ts'
import type { Track } from './track.ts'
import { recountEdits } from './statistics.ts'
import { statusTextLike, STATUS_LABELS, type WritableStatus } from './status-text.ts'

/** The registry entry of the component or track in this folder. */
export function trackFor(
  reader: WorkspaceReader,
  registry: Registry,
  dir: string,
): Track | undefined {
  const candidateOf = trackCandidates(reader, registry.root, plansIn(reader, registry.root))
  return registry.tracks.find(track => candidateOf(track).dir === dir)
}

/** The edits of status, dates and counters of a track in a registry. With `undefined`, the status stays. */
export function trackEdits(
  registry: Registry,
  track: Track,
  status: WritableStatus | undefined,
  at: Timestamp,
): Edit[] {
  const dates = [
    ...dateEdits(track.updated, at),
    ...(status === 'completed' ? dateEdits(track.completed, at) : []),
  ]
  if (status === undefined || track.status === status) return dates
  const tracks = registry.tracks.map(one => (one === track ? { ...track, status } : one))
  return [
    ...statusEdits(registry, track, status),
    ...dates,
    ...recountEdits(registry.counters, tracks),
  ]
}

function statusEdits(
  { flavour, tracks }: Registry,
  { mark }: Track,
  status: WritableStatus,
): Edit[] {
  if (mark === undefined) return []
  if (flavour === 'table') {
    const isEmpty = mark.text.trim() === ''
    return replaceSpan(
      mark,
      isEmpty ? padded(STATUS_LABELS[status]) : statusTextLike(mark.text, status),
    )
  }
  const marks = tracks.map(({ mark }) => mark?.text ?? '')
  return replaceSpan(mark, status === 'completed' ? doneMark([...marks, '[x]'], mark.text) : '[~]')
}

function dateEdits(cell: TextSpan | undefined, at: Timestamp): Edit[] {
  if (cell === undefined) return []
  const date = formatDateLike(cell.text, at)
  return replaceSpan(cell, cell.text.trim() === '' ? padded(date) : date)
}

function padded(text: string): string {
  return ` ${text} `
}
