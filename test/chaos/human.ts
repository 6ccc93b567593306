import { appendFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * A person who adds a line to the plan now and then, and whose editor saves in place or by renaming. The processes are
 * stopped for that, each wherever it is between two operations: so the save comes at any point of theirs, and no look of
 * the editor's is outdated when it saves, which nobody could answer for. What is left out is a save by renaming while one
 * of them replaces the file: between its last look and its rename, that one is beyond our care.
 */
export async function savingPerson(
  root: string,
  chance: () => number,
  pids: ReadonlySet<number>,
  isOver: () => boolean,
): Promise<string[]> {
  const file = path.join(root, 'tasks.md')
  const notes: string[] = []
  while (!isOver()) {
    await pause(50 + chance() * 250)
    const note = `\nnote ${notes.length} of a person`
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

/** Stops a process, and returns when it stands still. */
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
