import os from 'node:os'
import path from 'node:path'

/** The user's home folder, absolute; `undefined` if the system names none, or only the root of the file system. */
export function homeFolder(): string | undefined {
  try {
    const home = os.homedir()
    return path.isAbsolute(home) && home !== path.parse(home).root ? home : undefined
  } catch {
    return undefined
  }
}
