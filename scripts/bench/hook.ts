import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { writeHookStateFile, type HookState } from '../../src/store/hook-state-file.ts'
import { stateOf } from '../../src/store/state.ts'
import { medianOf, spread, timed } from './measure.ts'
import { makeRepository } from './repository.ts'

const HOOK = path.resolve('dist/hook.cjs')
const SHARE = 0.95

/** Measures an answer of the hook before an edit, and the start of Node alone, alternating. */
export async function measureHook(rounds: number): Promise<string[]> {
  const lines = Array.from({ length: 100 }, (_, at) => `- [ ] T${at} Part in src/${at}.js`)
  const now: HookState = {
    format: 1,
    denyFrozen: false,
    features: {
      load: {
        head: '0',
        open: [
          { task: 'T1', stage: 'red', host: '', pid: 1, holder: '', failed: false, next: 'Go on.' },
        ],
        frozen: [{ file: 'test/1.test.js', task: 'T1' }],
        marks: [{ file: 'specs/1/tasks.md', lines }],
        waits: false,
        next: null,
      },
    },
  }
  const repository = makeRepository({ 'specs/1/tasks.md': lines.join('\n'), 'empty.cjs': '' })
  writeHookStateFile(stateOf(repository), () => now)
  const input = JSON.stringify({
    hook_event_name: 'PreToolUse',
    cwd: repository.root,
    tool_name: 'Edit',
    tool_input: { file_path: 'specs/1/tasks.md', old_string: '[ ] T7 ', new_string: '[x] T7 ' },
  })
  const run = (file: string) =>
    timed(async () => {
      const { stdout } = spawnSync(process.execPath, [file], { input, cwd: repository.root })
      // A hook without recorded work is quicker, because it has nothing to decide.
      if (file === HOOK && !stdout.includes('"deny"')) throw new Error('The hook did not answer.')
    })
  const [alone, answers]: [number[], number[]] = [[], []]
  try {
    for (let round = 0; round < rounds; round += 1) {
      alone.push(await run('empty.cjs'))
      answers.push(await run(HOOK))
    }
  } finally {
    repository.remove()
  }
  const added = medianOf(answers) - medianOf(alone)
  return [
    `Node alone ${spread(alone)}; answer ${spread(answers)}`,
    `95 % of the answers within ${Math.round(quantile(answers))} ms (goal: 80 ms), of Node alone within ${Math.round(quantile(alone))} ms`,
    `difference of the medians ${added.toFixed(1)} ms (goal: 15 ms)`,
  ]
}

function quantile(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * SHARE) - 1] ?? 0
}
