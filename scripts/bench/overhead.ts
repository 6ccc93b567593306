import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { medianOf, spread, timed } from './measure.ts'
import { featureWith, makeRepository, openWire, processorOfChildren } from './project.ts'

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

/** Our own time on top of the runner's: `record_red` through a client, less the runner alone, in turns in one session. */
export async function overhead(rounds: number): Promise<string[]> {
  const told: string[] = []
  for (const runner of RUNNERS) told.push(await overheadOf(runner, rounds))
  return told
}

async function overheadOf(runner: Runner, rounds: number): Promise<string> {
  const manifest = { type: 'module', scripts: { test: runner.script } }
  const repository = makeRepository({
    ...featureWith('## Core\n- [ ] T001 Add trivial() in src/trivial.js\n'),
    'package.json': JSON.stringify(manifest),
    '.gitignore': 'node_modules\n',
  })
  symlinkSync(path.resolve('node_modules'), path.join(repository.root, 'node_modules'))
  const wire = await openWire(repository.root)
  const [alone, through]: [number[], number[]] = [[], []]
  let processor = 0
  try {
    await wire.call('next_task')
    for (let round = -2; round < rounds; round++) {
      // Other bytes each time: a run on the same ones is answered from the ledger.
      repository.write(runner.test, `// ${round}\n${runner.text}`)
      const [children, server] = [processorOfChildren(), wire.processor()]
      const bare = await timed(() => runAlone(repository.root, runner.argv))
      const red = () => wire.call('record_red', { task: 'T001', tests: [runner.test] })
      const ours = await timed(red)
      // The first rounds warm up the disk and both programs.
      if (round < 0) continue
      processor += wire.processor() - server - (processorOfChildren() - children)
      alone.push(bare)
      through.push(ours)
    }
  } finally {
    await wire.close()
    repository.remove()
  }
  const on = through.map((ours, at) => ours - (alone[at] ?? 0))
  return `${runner.name}: alone ${spread(alone)}; record_red ${spread(through)}; on top ${spread(on)} (median less median ${Math.round(medianOf(through) - medianOf(alone))} ms); processor time on top, on average ${Math.round(processor / rounds)} ms`
}

async function runAlone(cwd: string, argv: readonly string[]): Promise<void> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], CI: '1', NO_COLOR: '1' }
  const child = spawn(process.execPath, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.resume()
  child.stderr.resume()
  await once(child, 'close')
}
