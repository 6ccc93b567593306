import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { hostileClone, PRIVATE, SHIPPED, type HostileClone } from '../kit/hostile-clone.ts'

const CLI = path.resolve('dist/cli.js')

const COMMANDS = [
  ['verify'],
  ['verify', '--json'],
  ['status'],
  ['status', '--json'],
  ['doctor'],
  ['next-task'],
  ['record-red', 'T001', 'a.test.js'],
  ['record-green', 'T001'],
  ['mark-complete', 'T001'],
  ['report-failure', 'T001', '--error', 'no'],
  ['run-validation'],
]

const BRIEFLY = new Set(['verify', 'next-task', 'record-red'])

/** The test of the tools has the other links. */
const SOME = Object.keys(SHIPPED).filter(
  name => !name.startsWith('a link') || /local(\/runs)?$|\/ledger$|\.gitignore$/.test(name),
)

describe('a fresh clone of a repository that ships', () => {
  it.each(SOME)('%s: no command changes anything outside of it', shipped => {
    const there = hostileClone([shipped])
    there.show(shipped)
    const before = there.around()
    // A link is met by whatever reads or writes its folder, so a few commands show it.
    const isLink = shipped.startsWith('a link')
    const commands = COMMANDS.filter(([name = '']) => !isLink || BRIEFLY.has(name))
    const results = commands.map(words => run(there, words))
    expect(there.around()).toEqual(before)
    expect(results.filter(({ status }) => status !== 0 && status !== 1)).toEqual([])
    expect(JSON.stringify(results)).not.toContain(PRIVATE)
  })
})

function run({ clone, env }: HostileClone, words: readonly string[]) {
  const options = { cwd: clone, env, encoding: 'utf8', timeout: 60_000 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], options)
  return { words, status, stdout, stderr }
}
