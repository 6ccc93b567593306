import { execFileSync } from 'node:child_process'
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
import { onTestFinished } from 'vitest'
import { GENESIS } from '../../src/evidence/chain.ts'

/** A fresh clone of a hostile repository, and what lies around it. */

const FEATURE = '001-stack'

/** What the files outside of the clone contain. Nothing of it may be served. */
export const PRIVATE = 'private-text-of-another-project'

/** What a hostile repository ships, by its description. Paths are relative to the top of the repository. */
export const SHIPPED: Record<string, (top: string, outside: string) => void> = {
  'records and files that lead out': top => {
    const local = path.join(top, '.redgreen/local')
    plant(local, `commits/${FEATURE}/1`, `${commitTo('../../../../outside/made')}\n`)
    plant(local, `commits/${FEATURE}/2`, `${commitTo('../../../../../outside/kept')}\n`)
    plant(local, 'leases/1', commitTo('../../../outside/made'))
    plant(local, 'trees/0.json', '{"../../outside/kept":"0"}')
    plant(local, 'live/run-1.json', JSON.stringify({ server: { pid: 1 }, leader: { pid: 1 } }))
    plant(local, 'runs/0123456789ab.log', PRIVATE)
    plant(local, 'screenshots/0123456789ab-1-home.png', PRIVATE)
    plant(top, `.redgreen/ledger/${FEATURE}/0123456789.jsonl`, '{"kind":"done","task":"T001"}\n')
    plant(top, `.redgreen/plans/${FEATURE}/${'0'.repeat(64)}.json`, '[')
  },
  ...linksAt(
    ['', '/trees', '/runs', '/live', '/commits', `/commits/${FEATURE}`, '/leases'].map(
      name => `.redgreen/local${name}`,
    ),
    'folder',
  ),
  ...linksAt(
    ['/screenshots', '/lock'].map(name => `.redgreen/local${name}`),
    'folder',
  ),
  ...linksAt(
    ['', '/ledger', `/ledger/${FEATURE}`, '/plans', `/plans/${FEATURE}`, '/tests', '/reports'].map(
      name => `.redgreen${name}`,
    ),
    'folder',
  ),
  'links in the place of single local files': (top, outside) => {
    const names = ['now', 'page', 'run-outputs', 'snapshot', 'stops']
    for (const link of Object.values(
      linksAt(
        names.map(name => `.redgreen/local/${name}.json`),
        'file',
      ),
    ))
      link(top, outside)
  },
  ...linksAt(
    [
      '.redgreen/.gitignore',
      `.redgreen/ledger/${FEATURE}/0123456789.jsonl`,
      '.redgreen/local/runs/0123456789ab.log',
      'redgreen.config.json',
      'package.json',
      'a.test.js',
      `specs/${FEATURE}/tasks.md`,
      `specs/${FEATURE}/spec.md`,
    ],
    'file',
  ),
  ...linksAt(['specs', `specs/${FEATURE}`, 'src'], 'folder'),
}

function linksAt(places: readonly string[], to: 'file' | 'folder'): typeof SHIPPED {
  return Object.fromEntries(
    places.map(place => [
      `a link in the place of ${place}`,
      (top: string, outside: string) => {
        const at = path.join(top, place)
        rmSync(at, { recursive: true, force: true })
        mkdirSync(path.dirname(at), { recursive: true })
        symlinkSync(to === 'folder' ? outside : path.join(outside, 'kept'), at)
      },
    ]),
  )
}

function commitTo(file: string): string {
  const lines = ['pwned']
  const commit = { file, offset: 0, prev: GENESIS, seq: 0, lines, tip: GENESIS, branch: '' }
  return JSON.stringify({ format: 1, ...commit })
}

export interface HostileClone {
  clone: string
  outside: string
  /** Environment of a user whose own folders lie outside of the clone. */
  env: Record<string, string>
  /** Every file and link outside of the clone, with what it holds. */
  around: () => Record<string, string>
  /** Checks out what the repository ships, as in a new clone. */
  show: (shipped: string) => void
}

/** Clones a repository that has a branch for each of these things that it ships. */
export function hostileClone(shipped: readonly string[]): HostileClone {
  const sandbox = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-hostile-')))
  onTestFinished(() => rmSync(sandbox, { recursive: true, force: true, maxRetries: 5 }))
  const origin = path.join(sandbox, 'origin')
  const clone = path.join(sandbox, 'clone')
  const outside = path.join(sandbox, 'outside')
  mkdirSync(origin)
  plantOutside(outside)
  plantProject(origin)
  const git = (cwd: string, ...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
      cwd,
      stdio: 'ignore',
    })
  git(origin, 'init', '-q', '-b', 'base')
  git(origin, 'add', '-A')
  git(origin, 'commit', '-qm', 'all')
  for (const [at, name] of shipped.entries()) {
    git(origin, 'checkout', '-qfb', `ship-${at}`, 'base')
    SHIPPED[name]?.(origin, outside)
    git(origin, 'add', '-A', '-f')
    git(origin, 'commit', '-qm', 'all')
  }
  git(origin, 'checkout', '-qf', 'base')
  // Hard-linked objects would get new times.
  git(sandbox, 'clone', '-q', '--no-hardlinks', origin, clone)
  return {
    clone,
    outside,
    env: { ...process.env, HOME: outside, XDG_STATE_HOME: outside, XDG_CONFIG_HOME: outside },
    // A server keeps its own compiled code in the folder of its user.
    around: () => contentOf(sandbox, [clone, path.join(outside, 'redgreen', 'compile-cache')]),
    show(name) {
      for (const entry of readdirSync(clone).filter(entry => entry !== '.git'))
        rmSync(path.join(clone, entry), { recursive: true })
      git(clone, 'checkout', '-qf', `origin/ship-${shipped.indexOf(name)}`)
      git(clone, 'reset', '-q', '--hard')
    },
  }
}

function plantOutside(outside: string): void {
  const names = ['kept', '1', '2', '0.json', 'a.log', 'x.jsonl', '0123456789.jsonl']
  for (const name of [
    ...names,
    '0123456789ab.log',
    'tasks.md',
    `${FEATURE}/tasks.md`,
    'a.js',
    'redgreen/kept',
  ])
    plant(outside, name, `${PRIVATE}\n`)
}

function plantProject(top: string): void {
  plant(top, `specs/${FEATURE}/tasks.md`, '## Core\n- [ ] T001 Answer one in src/a.js\n')
  plant(top, `specs/${FEATURE}/spec.md`, '# Spec\n')
  plant(top, `specs/${FEATURE}/plan.md`, '# Plan\n')
  plant(top, 'package.json', '{"name":"a","type":"module","scripts":{"test":"node --test"}}')
  const lines = [
    "import test from 'node:test'",
    "import { existsSync } from 'node:fs'",
    "test('a', () => { if (!existsSync('src/a.js')) throw new Error('no file') })",
  ]
  plant(top, 'a.test.js', `${lines.join('\n')}\n`)
}

function plant(folder: string, file: string, text: string): void {
  const place = path.join(folder, file)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, text)
}

function contentOf(folder: string, except: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
      const place = path.join(folder, entry.name)
      if (except.includes(place)) return []
      if (entry.isDirectory())
        return [[place, 'folder'], ...Object.entries(contentOf(place, except))]
      if (entry.isSymbolicLink()) return [[place, `-> ${readlinkSync(place)}`]]
      return [[place, `${lstatSync(place).mtimeMs} ${readFileSync(place, 'latin1')}`]]
    }),
  )
}
