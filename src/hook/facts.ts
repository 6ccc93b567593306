import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { writeUnsynced } from '../store/files.ts'
import { readBytes } from '../store/read-file.ts'
import { HOOK_STATE_FILE, readHookState } from '../store/hook-state-file.ts'
import { stateOf } from '../store/state.ts'
import { openWorkspace } from '../store/workspace.ts'
import type { Facts } from './decide.ts'

/** The facts of the nearest workspace at or above a folder; `undefined` if no work was recorded there. */
export function factsAt(folder: string): Facts | undefined {
  const root = rootAbove(path.resolve(folder))
  const workspace = root === undefined ? undefined : openWorkspace(root)
  const now = workspace && readHookState(stateOf(workspace))
  if (root === undefined || !now) return undefined
  const local = path.dirname(path.join(root, HOOK_STATE_FILE))
  return {
    root,
    now,
    read: readSmall,
    isLive: ({ host, pid }) => host !== os.hostname() || isProcess(pid),
    isRunning: () => {
      const folder = path.join(local, 'live')
      // A test runner that waits has a record with another ending.
      return existsSync(folder) && readdirSync(folder).some(name => name.endsWith('.json'))
    },
    countStop: head => {
      const file = path.join(local, 'stops.json')
      const [known, count] = (readBytes(file)?.toString('utf8') ?? '').split(' ')
      const times = known === head ? Number(count) + 1 : 1
      writeUnsynced(file, `${head} ${times}`)
      return times
    },
  }
}

function rootAbove(folder: string): string | undefined {
  if (existsSync(path.join(folder, HOOK_STATE_FILE))) return folder
  const above = path.dirname(folder)
  return above === folder ? undefined : rootAbove(above)
}

function readSmall(file: string): string | undefined {
  const status = statSync(file, { throwIfNoEntry: false })
  return status?.isFile() && status.size < 5_000_000 ? readFileSync(file, 'utf8') : undefined
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
