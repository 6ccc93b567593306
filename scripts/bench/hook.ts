import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { NOW_FILE, type Now } from '../../src/store/now-file.ts'
import { medianOf, spread, timed } from './measure.ts'
import { makeRepository } from './repository.ts'

const HOOK = path.resolve('dist/hook.js')
const SHARE = 0.95

/** Measures an answer of the hook before an edit, and the start of Node alone, alternating. */
export async function measureHook(rounds: number): Promise<string[]> {
  const lines = Array.from({ length: 100 }, (_, at) => `- [ ] T${at} Part in src/${at}.js`)
  const now: Now = {
    format: 1,
    denyFrozen: false,
    features: {
      load: {
        head: '0',
        open: [{ task: 'T1', stage: 'red', host: '', pid: 1, failed: false, next: 'Go on.' }],
        frozen: [{ file: 'test/1.test.js', task: 'T1' }],
        marks: [{ file: 'specs/1/tasks.md', lines }],
        waits: false,
        next: null,
      },
    },
  }
  const repository = makeRepository({
    [NOW_FILE]: JSON.stringify(now),
    'specs/1/tasks.md': lines.join('\n'),
    'empty.mjs': '',
  })
  const input = JSON.stringify({
    hook_event_name: 'PreToolUse',
    cwd: repository.root,
    tool_name: 'Edit',
    tool_input: { file_path: 'specs/1/tasks.md', old_string: '[ ] T7 ', new_string: '[x] T7 ' },
  })
  const run = (file: string) =>
    timed(async () => {
      spawnSync(process.execPath, [file], { input, cwd: repository.root })
    })
  const [alone, answers]: [number[], number[]] = [[], []]
  try {
    for (let round = 0; round < rounds; round += 1) {
      alone.push(await run('empty.mjs'))
      answers.push(await run(HOOK))
    }
  } finally {
    repository.remove()
  }
  const added = medianOf(answers) - medianOf(alone)
  return [
    `Node alone ${spread(alone)}; answer ${spread(answers)}, 95 % within ${Math.round(quantile(answers))} ms`,
    `difference of the medians ${added.toFixed(1)} ms`,
  ]
}

function quantile(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * SHARE) - 1] ?? 0
}
