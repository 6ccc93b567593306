import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Every process that this one has started, and what those have in turn; Linux only. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map(processes().map(one => [one, parentOf(one)]))
  const found = [pid]
  for (const one of found)
    for (const [child, parent] of parents) if (parent === one) found.push(child)
  return found.slice(1)
}

/** Processes that work in a folder; Linux only. */
export function processesIn(folder: string): number[] {
  return processes().filter(pid => workingFolder(pid) === folder)
}

function processes(): number[] {
  if (!existsSync('/proc/self/cwd')) return []
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > 0)
}

function parentOf(pid: number): number {
  try {
    // The name in brackets may hold anything; the parent is the second word behind it.
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?=[A-Z])/)
    return Number(rest.split(' ')[1])
  } catch {
    return 0
  }
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}
