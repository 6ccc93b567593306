import { appendFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * A human who adds a line to the plan from time to time, with an editor that saves in place or by renaming. All processes are stopped
 * during a save, each wherever it is between two operations. So a save can come at any point, and the editor never saves over a change
 * that it has not read, which no program could prevent. A save by renaming is left out while a process replaces the file: between the
 * last check and the rename such a save would be lost (see docs/reliability.md).
 */
export async function saveByHuman(
  root: string,
  chance: () => number,
  pids: ReadonlySet<number>,
  progress: { isOver: boolean; after(lines: number): Promise<void> },
): Promise<string[]> {
  const file = path.join(root, 'tasks.md')
  const notes: string[] = []
  while (!progress.isOver) {
    await progress.after(1 + Math.floor(chance() * 4))
    const note = `\nnote ${notes.length} of a human`
    const byRenaming = chance() < 0.5
    const stopped = [...pids].filter(stop)
    const isBusy = readdirSync(root).some(name => name.startsWith('.tasks.md.'))
    if (byRenaming && !isBusy) {
      writeFileSync(`${file}.swp`, readFileSync(file, 'utf8') + note)
      renameSync(`${file}.swp`, file)
    } else {
      appendFileSync(file, note)
    }
    notes.push(note)
    for (const pid of stopped) signal(pid, 'SIGCONT')
  }
  return notes
}

/** Stops a process and waits until it is stopped. */
function stop(pid: number): boolean {
  if (!signal(pid, 'SIGSTOP')) return false
  while (stateOf(pid) === 'R' || stateOf(pid) === 'S' || stateOf(pid) === 'D');
  return true
}

function stateOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
  } catch {
    return 'gone'
  }
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
