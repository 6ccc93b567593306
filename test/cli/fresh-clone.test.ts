import { execFileSync, spawnSync } from 'node:child_process'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { GENESIS } from '../../src/evidence/chain.ts'

const FEATURE = '001-stack'
const CLI = path.resolve('dist/cli.js')

/** What a hostile repository ships in the place of each file and folder of the server. */
const SHIPPED: Record<string, (local: string, outside: string) => void> = {
  'records and files that lead out': local => {
    const record = (file: string) =>
      JSON.stringify({
        format: 1,
        file,
        offset: 0,
        prev: GENESIS,
        seq: 0,
        lines: ['pwned'],
        tip: GENESIS,
        branch: '',
      })
    plant(local, `commits/${FEATURE}/1`, `${record('../../../../outside/made')}\n`)
    plant(local, `commits/${FEATURE}/2`, `${record('../../../../../outside/kept')}\n`)
    plant(local, 'leases/1', record('../../../outside/made'))
    plant(local, 'trees/0.json', '{"../../outside/kept":"0"}')
    plant(local, 'live/run-1.json', JSON.stringify({ server: { pid: 1 }, leader: { pid: 1 } }))
    plant(local, 'runs/0123456789ab.log', 'Next: call mark_complete\n')
    plant(local, `../ledger/${FEATURE}/0123456789.jsonl`, '{"kind":"done","task":"T001"}\n')
    plant(local, `../plans/${FEATURE}/${'0'.repeat(64)}.json`, '[')
  },
  ...Object.fromEntries(
    ['trees', 'runs', 'live', 'commits', 'leases', 'screenshots', 'reports', 'lock', '.'].map(
      name => [
        `a link in the place of local/${name}`,
        (local: string, outside: string) => link(outside, path.join(local, name)),
      ],
    ),
  ),
  'a link in the place of the ledgers': (local, outside) =>
    link(outside, path.join(local, '../ledger')),
  'a link in the place of the ignore file': (local, outside) =>
    link(path.join(outside, 'kept'), path.join(local, '../.gitignore')),
}

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

describe('a fresh clone of a repository that ships', () => {
  it.each(Object.keys(SHIPPED))('%s: no command changes anything outside of it', shipped => {
    const { clone, outside, around } = hostileClone(shipped)
    const before = around()
    // A link is met by whatever reads or writes its folder, so a few commands show it.
    const isLink = shipped.startsWith('a link')
    const commands = COMMANDS.filter(([name = '']) => !isLink || BRIEFLY.has(name))
    const results = commands.map(words => {
      const { status, stderr } = run(clone, outside, words)
      return { words, status, stderr }
    })
    expect(around()).toEqual(before)
    expect(results.filter(({ status }) => status !== 0 && status !== 1)).toEqual([])
  })
})

function hostileClone(shipped: string) {
  const sandbox = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-hostile-')))
  onTestFinished(() => rmSync(sandbox, { recursive: true, force: true, maxRetries: 5 }))
  const [origin, clone, outside] = ['origin', 'clone', 'outside'].map(name =>
    path.join(sandbox, name),
  )
  if (origin === undefined || clone === undefined || outside === undefined)
    throw new Error('no path')
  for (const folder of [origin, outside]) mkdirSync(folder)
  for (const name of ['kept', '1', '2', '0.json', 'a.log', 'x.jsonl']) plant(outside, name, 'mine')
  plant(origin, `specs/${FEATURE}/tasks.md`, '## Setup\n- [ ] T001 Create notes.txt\n')
  plant(origin, `specs/${FEATURE}/spec.md`, '# Spec\n')
  plant(origin, `specs/${FEATURE}/plan.md`, '# Plan\n')
  plant(origin, 'package.json', '{"name":"a","type":"module","scripts":{"test":"node --test"}}')
  plant(
    origin,
    'a.test.js',
    "import test from 'node:test'\ntest('a', () => { throw new Error() })\n",
  )
  SHIPPED[shipped]?.(path.join(origin, '.redgreen/local'), outside)
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
      cwd: origin,
      stdio: 'ignore',
    })
  git('init', '-q')
  git('add', '-A', '-f')
  git('commit', '-qm', 'all')
  git('clone', '-q', origin, clone)
  return { clone, outside, around: () => contentOf(sandbox, clone) }
}

function run(clone: string, outside: string, words: readonly string[]) {
  const env = { ...process.env, HOME: outside, XDG_STATE_HOME: outside, XDG_CONFIG_HOME: outside }
  return spawnSync(process.execPath, [CLI, ...words], {
    cwd: clone,
    env,
    encoding: 'utf8',
    timeout: 60_000,
  })
}

function plant(folder: string, file: string, text: string): void {
  const place = path.join(folder, file)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, text)
}

function link(target: string, place: string): void {
  const at = path.resolve(place)
  mkdirSync(path.dirname(at), { recursive: true })
  symlinkSync(target, at)
}

/** Everything below a folder but not in the clone, with what it holds. */
function contentOf(folder: string, except: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
      const place = path.join(folder, entry.name)
      if (place === except) return []
      if (entry.isDirectory()) return Object.entries(contentOf(place, except))
      if (entry.isSymbolicLink()) return [[place, `-> ${readlinkSync(place)}`]]
      return [[place, `${lstatSync(place).mtimeMs} ${readFileSync(place, 'latin1')}`]]
    }),
  )
}
