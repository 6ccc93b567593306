import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { medianOf, spread, timed } from './measure.ts'
import { featureWith, makeRepository } from './repository.ts'
import { openMeasuredServer, processorTimeOfChildren } from './server.ts'

interface Runner {
  name: string
  script: string
  test: string
  text: string
  argv: string[]
}

const TEST = 'tests/trivial.test.js'

const RUNNERS: Runner[] = [
  {
    name: 'node:test',
    script: 'node --test',
    test: TEST,
    text: "import test from 'node:test'\nimport assert from 'node:assert/strict'\ntest('trivial', () => assert.equal(1, 2))\n",
    argv: ['--test', TEST],
  },
  {
    name: 'vitest',
    script: 'vitest run',
    test: TEST,
    text: "import { expect, test } from 'vitest'\ntest('trivial', () => expect(1).toBe(2))\n",
    argv: ['node_modules/vitest/vitest.mjs', 'run', TEST],
  },
]

/**
 * Measures what the server adds to a test runner: the time of `record_red` through a client minus the time of the runner alone.
 * Both are measured in turns, in one session.
 */
export async function measureOverhead(rounds: number): Promise<string[]> {
  const lines: string[] = []
  for (const runner of RUNNERS) lines.push(await measureRunner(runner, rounds))
  return lines
}

async function measureRunner(runner: Runner, rounds: number): Promise<string> {
  const manifest = { type: 'module', scripts: { test: runner.script } }
  const repository = makeRepository({
    ...featureWith('## Core\n- [ ] T001 Add trivial() in src/trivial.js\n'),
    'package.json': JSON.stringify(manifest),
    '.gitignore': 'node_modules\n',
  })
  symlinkSync(path.resolve('node_modules'), path.join(repository.root, 'node_modules'))
  const server = await openMeasuredServer(repository.root)
  const [alone, withServer]: [number[], number[]] = [[], []]
  let processor = 0
  try {
    await server.call('next_task')
    for (let round = -2; round < rounds; round++) {
      // New bytes each time, because a run on unchanged files is answered from the ledger.
      repository.write(runner.test, `// ${round}\n${runner.text}`)
      const [children, total] = [processorTimeOfChildren(), server.processorTime()]
      const runnerMs = await timed(() => runAlone(repository.root, runner.argv))
      const red = () => server.call('record_red', { task: 'T001', tests: [runner.test] })
      const redMs = await timed(red)
      // The first rounds warm up the disk and both programs.
      if (round < 0) continue
      processor += server.processorTime() - total - (processorTimeOfChildren() - children)
      alone.push(runnerMs)
      withServer.push(redMs)
    }
  } finally {
    await server.close()
    repository.remove()
  }
  const added = withServer.map((ms, at) => ms - (alone[at] ?? 0))
  return `${runner.name}: alone ${spread(alone)}; record_red ${spread(withServer)}; added ${spread(added)} (difference of the medians ${Math.round(medianOf(withServer) - medianOf(alone))} ms); added processor time, average ${Math.round(processor / rounds)} ms`
}

async function runAlone(cwd: string, argv: readonly string[]): Promise<void> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], CI: '1', NO_COLOR: '1' }
  const child = spawn(process.execPath, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.resume()
  child.stderr.resume()
  await once(child, 'close')
}
