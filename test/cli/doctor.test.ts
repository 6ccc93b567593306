import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { attacks } from '../../src/attacks/index.ts'
import { runAttacks, runVariant } from '../../src/attacks/run-attacks.ts'
import { attacksTable } from '../../src/attacks/table.ts'
import { stateOf } from '../../src/store/state.ts'
import { connect } from '../kit/assistant.ts'
import { PROGRAM, runCommand } from '../kit/program.ts'
import { makeProject, stackProject } from '../kit/project.ts'
import { someOf } from '../kit/slow.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n'

function doctor(root: string) {
  return runCommand({ root }, ['doctor'])
}

describe('redgreen doctor', () => {
  it('shows what it finds, with exit code 0 if nothing is wrong', () => {
    const { status, stdout } = doctor(stackProject(PLAN).root)
    expect(status).toBe(0)
    expect(stdout).toMatch(/✓ node +Node \d/)
    expect(stdout).toMatch(/✓ plans +spec-kit, because .*: 001-stack/)
    expect(stdout).toMatch(/✓ feature +001-stack, 1 task:/)
    expect(stdout).toMatch(/✓ tests +node:test, from /)
    expect(stdout).toMatch(/✓ lock +free/)
  })

  it('says that git does not trust the folder of another user, and what a human can run', () => {
    const { root } = stackProject(PLAN)
    const bin = makeProject({}, { git: false })
    const git = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim()
    // Git itself has this switch, so that its refusal can be shown without a second user.
    bin.write('git', `#!/bin/sh\nexport GIT_TEST_ASSUME_DIFFERENT_OWNER=1\nexec ${git} "$@"\n`)
    chmodSync(path.join(bin.root, 'git'), 0o755)
    const { PATH = '', HOME = '' } = process.env
    const env = { HOME, PATH: `${bin.root}${path.delimiter}${PATH}` }
    const { status, stdout } = runCommand({ root }, ['doctor'], { env })
    expect(status).toBe(1)
    expect(stdout).toMatch(/✗ repository +git does not trust this repository/)
    expect(stdout).toContain(`git config --global --add safe.directory ${root}`)
    expect(stdout).not.toContain('git init')
  })

  it.each([
    [
      'no plan',
      () => makeProject({ 'package.json': '{}' }),
      /✗ feature +The workspace \S+ has no plan/,
    ],
    [
      'no test runner',
      () => stackProject(PLAN, { 'package.json': '{}' }),
      /✗ tests +no test runner/,
    ],
    [
      'invalid settings',
      () => stackProject(PLAN, { 'redgreen.config.json': '{"a":1}' }),
      /✗ settings/,
    ],
    ['no git', () => stackProject(PLAN, {}, { git: false }), /✗ repository .*\n +Run `git init`/],
    [
      'evidence that git ignores',
      () => stackProject(PLAN, { '.gitignore': 'node_modules/\n.redgreen/\n' }),
      /✗ repository +git ignores the evidence in \.redgreen \(\.redgreen\/ in line 2 of \.gitignore\)/,
    ],
    [
      'two tasks with the same id',
      () => stackProject(`${PLAN}- [ ] T001 push in src/stack.js\n`),
      /✗ plan +specs\/001-stack\/tasks\.md:3 /,
    ],
  ])('names what is wrong, with exit code 1: %s', (_what, project, output) => {
    const { status, stdout } = doctor(project().root)
    expect(status).toBe(1)
    expect(stdout).toMatch(output)
  })

  it('names a broken ledger by file and line, and how to fix it', async () => {
    const project = stackProject(PLAN)
    const { call } = await connect(project.root)
    await call('next_task')
    const folder = path.join(project.root, '.redgreen/ledger/001-stack')
    expect(doctor(project.root)).toMatchObject({ status: 0 })
    for (const name of readdirSync(folder)) appendFileSync(path.join(folder, name), '{}\n')
    const { status, stdout } = doctor(project.root)
    expect(status).toBe(1)
    expect(stdout).toMatch(
      /✗ ledger +\.redgreen\/ledger\/001-stack\/\w+\.jsonl:2 .*\n +.*git checkout/,
    )
  })

  it('shows a lock that a killed process left', () => {
    const project = stackProject(PLAN)
    const lock = path.join(stateOf(project).shared, 'lock')
    mkdirSync(lock, { recursive: true })
    expect(doctor(project.root).stdout).toMatch(/lock +held by another process/)
    const { pid } = spawnSync(process.execPath, ['--version'])
    const { ino, birthtimeMs } = statSync(lock)
    const gone = { pid, startTime: '', host: hostname(), lock: `${ino} ${birthtimeMs}` }
    writeFileSync(`${lock}.owner`, JSON.stringify(gone))
    expect(doctor(project.root).stdout).toMatch(/lock +left at .* takes it over/)
    rmSync(`${lock}.owner`)
    utimesSync(lock, 1_700_000_000, 1_700_000_000)
    expect(doctor(project.root).stdout).toMatch(/lock +left at 2023-.* takes it over/)
  })

  it('shows a mark that a killed process did not write', async () => {
    const project = stackProject('## Setup\n- [ ] T001 Create notes.txt\n')
    project.write('notes.txt', 'x')
    const { call } = await connect(project.root)
    await call('next_task')
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    const commits = path.join(project.root, '.redgreen/local/commits/001-stack')
    for (const name of readdirSync(commits)) {
      if (name.endsWith('.settled')) rmSync(path.join(commits, name))
    }
    expect(doctor(project.root).stdout).toMatch(/marks +the mark of T001 is not written yet/)
  })
})

describe('the attack suite', () => {
  it('has every row once, in order', () => {
    const rows = attacks.map(({ row }) => row)
    expect(rows.slice(0, 28)).toEqual(Array.from({ length: 28 }, (_, at) => at + 1))
    expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b))
  })

  it('reports an attack that succeeded, and one that could not be tried', async () => {
    const variants = [
      {
        how: 'with regular work',
        stoppedBy: 'claimed' as const,
        run: () => Promise.resolve('succeeded'),
      },
      {
        how: 'with an error in the scenario',
        stoppedBy: 'claimed' as const,
        run: () => Promise.reject(new Error('no sandbox')),
      },
    ]
    const signal = new AbortController().signal
    const results = await runAttacks([{ row: 1, title: 'Nothing', variants }], {
      signal,
      follow: () => undefined,
    })
    expect(results).toMatchObject([
      { ok: false, variants: [{ ok: false }, { result: 'no sandbox', ok: false }] },
    ])
    const table = attacksTable(results)
    expect(table).toContain('✗ with an error in the scenario: no sandbox instead of claimed')
    expect(table).toContain('1 attack in 2 variants: 2 succeeded.')
  })

  it('leaves nothing behind when it is interrupted', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'redgreen-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const child = spawn(process.execPath, [PROGRAM, 'doctor', '--cheats'], {
      env: { ...process.env, TMPDIR: folder },
      stdio: 'ignore',
    })
    await expect.poll(() => readdirSync(folder).length, { timeout: 20_000 }).toBeGreaterThan(1)
    const closed = once(child, 'close')
    child.kill('SIGINT')
    await closed
    expect(child.exitCode).toBe(130)
    expect(readdirSync(folder)).toEqual([])
  })
})

// One variant of each attack shows that its guard is there; `redgreen doctor --cheats` tries all of them.
describe.concurrent.each(attacks)('attack $row: $title', ({ variants }) => {
  it.each(someOf(1, variants))('$how: $stoppedBy', async variant => {
    const { result } = await runVariant(variant, new AbortController().signal)
    expect(result).toBe(variant.stoppedBy)
  })
})
