import { disk } from './disk.ts'

/** Left by a process that was killed: a fresh one may be somebody's at this moment, and after an hour nobody's. */
export function isAbandoned(place: string): boolean {
  const look = disk.look(place)
  return look !== undefined && Date.now() - look.changed > HOUR
}

const HOUR = 3_600_000
