import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import process from 'node:process'
import type { Project } from '../../demo/project.ts'
import { timed } from '../measure.ts'
import { runByHand } from './by-hand.ts'
import type { Step } from './feature.ts'

/** Runs the commands of the ledger on the same files, and tries the application as the validation does; returns milliseconds. */
export async function implementByHand(project: Project, steps: readonly Step[]): Promise<number> {
  let ms = 0
  for (const { task, writes, runs } of steps) {
    if (writes) await project.write(task, writes)
    for (const { command, exitCode, isElsewhere } of runs)
      // In the workspace, the tests of code that exists already pass.
      ms += await timed(() => runByHand(project.root, command, isElsewhere ? 0 : (exitCode ?? 0)))
  }
  return ms + (await timed(() => tryApplication(project.root)))
}

/** Starts the application, sends the requests of the settings, and ends it. */
async function tryApplication(cwd: string): Promise<void> {
  const env = { ...process.env, PORT: '0', JOURNAL: path.join(cwd, 'brews.json') }
  const app = spawn(process.execPath, ['src/main.js'], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(app, 'close')
  try {
    const [line]: unknown[] = await once(app.stdout, 'data')
    const [origin = ''] = /http:\S+/.exec(String(line)) ?? []
    const post = async (tea: string) =>
      fetch(`${origin}/brews`, { method: 'POST', body: JSON.stringify({ tea }) })
    for (const page of ['/health', '/teas', '/brews/none']) await fetch(`${origin}${page}`)
    await post('coffee')
    const answer: unknown = await (await post('sencha')).json()
    await fetch(`${origin}/brews/${String(Reflect.get(Object(answer), 'id'))}`)
  } finally {
    app.kill()
    await ended
  }
}
