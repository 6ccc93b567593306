import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { stateOf } from '../../src/store/state.ts'
import { bundled } from '../kit/bundle.ts'
import { planOf, repaired, tasksIn } from '../kit/marker.ts'
import { chanceOf, type Figures } from './figures.ts'
import { saveByHuman } from './human.ts'
import { Progress } from './progress.ts'

export interface Crowd {
  processes: number
  tasks: number
  /** At least so many processes are killed with SIGKILL and replaced. */
  kills: number
  /** How many processes are suspended once inside a transaction, for how many milliseconds at most, and where. */
  stall?: { processes: number; ms: number; where?: 'anywhere' | 'deciding' }
  /** Age in milliseconds at which a lock that is not refreshed is stale; default: the usual one. */
  stale?: number
  /** Everything at once: any process may be killed, also a suspended one, while a human saves the file. */
  isMixed?: true
  /** A negative control. */
  noFence?: true
}

/**
 * Many processes complete the tasks of one file. Some of them are killed and replaced, each after the crowd has made some progress,
 * so wherever it is at that moment. At the end the ledger and the file are compared with what was acknowledged.
 */
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
  const progress = new Progress()
  const chance = chanceOf(seed)
  const begin = performance.now()
  const life = () => 1 + Math.floor(chance() * Math.max(4, crowd.tasks / 20))

  async function worker(name: number): Promise<void> {
    const { processes: suspended = 0, ms = 0, where = 'anywhere' } = crowd.stall ?? {}
    const isSuspended = name < suspended || (crowd.isMixed && chance() < 0.3)
    const at = isSuspended ? 1 + Math.floor(chance() * (where === 'deciding' ? 4 : 60)) : 0
    const { stale = 10_000 } = crowd
    const numbers = [String(at), String(ms), where, String(stale)]
    const child = spawn(process.execPath, [file, root, `w${name}`, ...numbers], {
      env: { ...process.env, ...(crowd.noFence && { NO_FENCE: '1' }) },
    })
    counts.processes += 1
    const { pid = 0 } = child
    pids.add(pid)
    let output = ''
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString()
      progress.add(data.toString().split('\n').length - 1)
    })
    child.stderr.on('data', (data: Buffer) => faults.push(data.toString()))
    const isVictim = counts.kills < crowd.kills && (at === 0 || (crowd.isMixed && chance() < 0.5))
    if (isVictim) void progress.after(life()).then(() => child.kill('SIGKILL'))
    const signal = await new Promise(resolve => child.on('close', (_code, by) => resolve(by)))
    pids.delete(pid)
    const lines = output.split('\n').slice(0, -1)
    acknowledged.push(...lines.flatMap(line => (line.startsWith('done ') ? [line.slice(5)] : [])))
    counts.stalls += lines.filter(line => line === 'stall').length
    if (signal !== 'SIGKILL') return
    counts.kills += 1
    await worker(name + crowd.processes)
  }

  const saving = crowd.isMixed ? saveByHuman(root, chanceOf(seed + 1), pids, progress) : undefined
  try {
    await Promise.all(Array.from({ length: crowd.processes }, (_, index) => worker(index)))
    progress.end()
    const notes = (await saving) ?? []
    counts.saves = notes.length
    counts.acknowledged = acknowledged.length
    counts.ms = Math.round(performance.now() - begin)
    const violations = [...faults.slice(0, 3), ...wrongIn(root, crowd.tasks, acknowledged, notes)]
    return { counts, violations: violations.map(text => `seed ${seed}: ${text.slice(0, 500)}`) }
  } finally {
    progress.end()
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
  const plan = text.replaceAll(/\nnote \d+ of a human/g, '')
  const unmarked = plan.match(/\[ \]/g)?.length ?? 0
  return [
    ...(lostNotes.length > 0 ? [`${lostNotes.length} saves of the human are lost`] : []),
    ...(unmarked > 0 ? [`${unmarked} marks are missing`] : []),
    ...ledger.damage.map(({ line, text }) => `damage in line ${line}: ${text}`),
    ...(lost.length > 0 ? [`lost: ${lost.join()}`] : []),
    ...(new Set(tasks).size < tasks.length ? [`${tasks.length - count} recorded twice`] : []),
    ...(new Set(acknowledged).size < acknowledged.length ? ['acknowledged twice'] : []),
    ...(tasks.length === count ? [] : [`${tasks.length} of ${count} recorded`]),
    ...(plan === planOf(count).replaceAll('[ ]', '[X]') ? [] : ['the file has other content']),
  ]
}
