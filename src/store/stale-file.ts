import { disk } from './disk.ts'

/** Whether a temporary file was left by a killed process. A recent one may be in use; after an hour it is not. */
export function isStaleFile(place: string): boolean {
  const look = disk.stat(place)
  return look !== undefined && Date.now() - look.changed > HOUR
}

const HOUR = 3_600_000
