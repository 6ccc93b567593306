import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { expect, it } from 'vitest'
import { PROGRAM } from '../kit/program.ts'
import { makeProject } from '../kit/project.ts'

const CASES: [words: string[], status: number, output: RegExp][] = [
  [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
  [['--help'], 0, /redgreen status/],
  // A payload that the hook has no opinion on.
  [['hook'], 0, /^$/],
  [['merge-driver'], 2, /^Usage: redgreen merge-driver BASE OURS THEIRS PATH\n$/],
  [['status'], 1, /no plan/i],
  [['doctor', '--json'], 1, /"checks"|\{/],
  [['no-such-command'], 2, /^There is no command no-such-command\. `redgreen --help`[^\n]*\n$/],
  [['statsu'], 2, /^There is no command statsu\. Did you mean status\? [^\n]*\n$/],
]

// One test, so that all of them are started in each run of the tests.
it('the built program has all files that its kinds of commands load', () => {
  const { root } = makeProject({ 'package.json': '{}' })
  const results = CASES.map(([words]) => {
    const input = '{"hook_event_name":"Stop","cwd":"/"}'
    const options = { cwd: root, encoding: 'utf8', input } as const
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], options)
    return { words, status, output: stdout + stderr }
  })
  expect(results).toEqual(
    CASES.map(([words, status, output]) => ({
      words,
      status,
      output: expect.stringMatching(output),
    })),
  )
})
