import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { stateOf } from '../../src/store/state.ts'
import { bundled } from '../kit/bundle.ts'
import { planOf, repaired, tasksIn } from '../kit/marker.ts'
import { chanceOf, type Figures } from './figures.ts'
import { savingPerson } from './human.ts'

export interface Crowd {
  processes: number
  tasks: number
  /** Processes that are killed with SIGKILL, at random moments. */
  kills: number
  /** How many processes stand still once in the middle of a transaction, and for how long. */
  stall?: { processes: number; ms: number; where?: 'anywhere' | 'deciding' }
  /** How long a lock is kept for a holder that is silent, milliseconds, where that is not the usual time. */
  stale?: number
  /** Everything at once: any process may be killed, also one that stands still, and a person saves the file meanwhile. */
  isMixed?: true
  /** A negative control. */
  noFence?: true
}

/** Many processes complete the tasks of one file; some are killed and replaced. Afterwards an outsider compares. */
export async function tryCrowd(seed: number, crowd: Crowd): Promise<Figures> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-crowd-')))
  writeFileSync(path.join(root, 'tasks.md'), planOf(crowd.tasks))
  const file = await bundled('test/chaos/marking-process.ts')
  const counts = {
    processes: 0,
    tasks: crowd.tasks,
    acknowledged: 0,
    kills: 0,
    stalls: 0,
    saves: 0,
    ms: 0,
  }
  const acknowledged: string[] = []
  const faults: string[] = []
  const pids = new Set<number>()
  const chance = chanceOf(seed)
  const begin = performance.now()
  const pause = crowd.kills > 0 ? 300 + 200 * chance() : 0
  const life = (chance: () => number) => pause * (1 + chance() * (crowd.isMixed ? 60 : 4))

  async function worker(name: number): Promise<void> {
    const { processes: sleepers = 0, ms = 0, where = 'anywhere' } = crowd.stall ?? {}
    const sleeps = name < sleepers || (crowd.isMixed && chance() < 0.3)
    const at = sleeps ? 1 + Math.floor(chance() * (where === 'deciding' ? 4 : 60)) : 0
    const { stale = 10_000 } = crowd
    const numbers = [String(at), String(ms), where, String(stale)]
    const child = spawn(process.execPath, [file, root, `w${name}`, ...numbers], {
      env: { ...process.env, ...(crowd.noFence && { NO_FENCE: '1' }) },
    })
    counts.processes += 1
    const { pid = 0 } = child
    pids.add(pid)
    let output = ''
    child.stdout.on('data', (data: Buffer) => (output += data.toString()))
    child.stderr.on('data', (data: Buffer) => faults.push(data.toString()))
    const isVictim = counts.kills < crowd.kills && (at === 0 || (crowd.isMixed && chance() < 0.5))
    const timer = isVictim && setTimeout(() => child.kill('SIGKILL'), life(chance))
    const signal = await new Promise(resolve => child.on('close', (_code, by) => resolve(by)))
    pids.delete(pid)
    if (timer) clearTimeout(timer)
    const lines = output.split('\n').slice(0, -1)
    acknowledged.push(...lines.flatMap(line => (line.startsWith('done ') ? [line.slice(5)] : [])))
    counts.stalls += lines.filter(line => line === 'stall').length
    if (signal !== 'SIGKILL') return
    counts.kills += 1
    await worker(name + crowd.processes)
  }

  let isOver = false
  const saving = crowd.isMixed
    ? savingPerson(root, chanceOf(seed + 1), pids, () => isOver)
    : undefined
  try {
    await Promise.all(Array.from({ length: crowd.processes }, (_, index) => worker(index)))
    isOver = true
    const notes = (await saving) ?? []
    counts.saves = notes.length
    counts.acknowledged = acknowledged.length
    counts.ms = Math.round(performance.now() - begin)
    const violations = [...faults.slice(0, 3), ...wrongIn(root, crowd.tasks, acknowledged, notes)]
    return { counts, violations: violations.map(text => `seed ${seed}: ${text.slice(0, 500)}`) }
  } finally {
    isOver = true
    await saving
    rmSync(root, { recursive: true, force: true })
  }
}

function wrongIn(
  root: string,
  count: number,
  acknowledged: readonly string[],
  notes: readonly string[],
): string[] {
  const ledger = repaired(stateOf({ root }))
  const tasks = tasksIn(ledger)
  const text = readFileSync(path.join(root, 'tasks.md'), 'utf8')
  const known = new Set(tasks)
  const lost = acknowledged.filter(task => !known.has(task))
  const lostNotes = notes.filter(note => !`${text}\n`.includes(`${note}\n`))
  const plan = text.replaceAll(/\nnote \d+ of a person/g, '')
  const unmarked = plan.match(/\[ \]/g)?.length ?? 0
  return [
    ...(lostNotes.length > 0 ? [`${lostNotes.length} saves of the person are lost`] : []),
    ...(unmarked > 0 ? [`${unmarked} marks are missing`] : []),
    ...ledger.damage.map(({ line, text }) => `damage in line ${line}: ${text}`),
    ...(lost.length > 0 ? [`lost: ${lost.join()}`] : []),
    ...(new Set(tasks).size < tasks.length ? [`${tasks.length - count} recorded twice`] : []),
    ...(new Set(acknowledged).size < acknowledged.length ? ['acknowledged twice'] : []),
    ...(tasks.length === count ? [] : [`${tasks.length} of ${count} recorded`]),
    ...(plan === planOf(count).replaceAll('[ ]', '[X]') ? [] : ['the file is not as it has to be']),
  ]
}
