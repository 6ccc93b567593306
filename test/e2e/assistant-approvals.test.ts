import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { appendEvents } from '../../src/store/append-events.ts'
import { stateOf } from '../../src/store/state.ts'
import { connect, type Assistant } from '../kit/assistant.ts'
import { PROGRAM, runCommand } from '../kit/program.ts'
import { makeProject, type Project } from '../kit/project.ts'

const FEATURE = 'tides_20260301'
const TRACK = `conductor/tracks/${FEATURE}`
const PLAN = `# Plan

## Phase 1: Notes
- [ ] Task: Create notes.txt
- [ ] Task: Conductor - User Manual Verification 'Notes' (Protocol in workflow.md)

## Phase 2: More
- [ ] Task: Create more.txt
`

/** An assistant that has finished a phase, which a human has to confirm before the next one. */
async function atPhaseEnd(): Promise<{ project: Project; call: Assistant['call'] }> {
  const project = makeProject({
    'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }),
    'redgreen.config.json': JSON.stringify({ kinds: [{ tasks: '1.1', kind: 'check' }] }),
    'conductor/tracks.md': `# Project Tracks\n\n---\n\n- [ ] **Track: Tides**\n*Link: [./tracks/${FEATURE}/](./tracks/${FEATURE}/)*\n`,
    [`${TRACK}/spec.md`]: '# Spec\n',
    [`${TRACK}/plan.md`]: PLAN,
    [`${TRACK}/metadata.json`]: `{"track_id":"${FEATURE}","status":"new"}`,
  })
  const { call } = await connect(project.root)
  await call('next_task')
  project.write('notes.txt', 'x')
  await call('record_green', { task: '1.1' })
  await call('mark_complete', { task: '1.1' })
  expect((await call('next_task')).code).toBe('phase_needs_person')
  return { project, call }
}

function ledgerOf({ root }: Project): string {
  const folder = path.join(root, '.redgreen/ledger', FEATURE)
  return path.join(folder, readdirSync(folder)[0] ?? '')
}

const REDGREEN = `'${process.execPath}' '${PROGRAM}'`

const REFUSED = '[phase_needs_person] Only a human at a terminal can do this'
const SHELL = [
  'echo yes | $REDGREEN confirm-phase',
  'yes yes | $REDGREEN confirm-phase',
  'echo yes > answer && $REDGREEN confirm-phase < answer',
  '$REDGREEN confirm-phase <<EOF\nyes\nEOF',
  '$REDGREEN confirm-phase < /dev/null',
  'mkfifo fifo && { echo yes > fifo & $REDGREEN confirm-phase < fifo; }',
  'CI= TERM=xterm FORCE_COLOR=1 REDGREEN_YES=1 $REDGREEN confirm-phase <<< yes',
  '$REDGREEN confirm-phase <&- >&-',
]
const TOOLS = [
  ['confirm_phase', {}],
  ['approve', {}],
  ['waive', { task: '1.2', reason: 'no need' }],
  ['confirm_standards', {}],
  ['allow_run', {}],
  ['mark_complete', { task: '1.2', confirmedBy: 'ada' }],
  ['next_task', { confirm: true }],
] as const

describe('an assistant with a shell cannot confirm its own phase', () => {
  it('with anything that it uses in place of a terminal', async () => {
    const { project, call } = await atPhaseEnd()
    const before = readFileSync(ledgerOf(project), 'utf8')
    const options = { cwd: project.root, encoding: 'utf8', timeout: 60_000 } as const
    for (const line of SHELL) {
      const { status, stderr } = spawnSync(
        'bash',
        ['-c', line.replace('$REDGREEN', REDGREEN)],
        options,
      )
      expect([line, status, stderr]).toEqual([line, 1, expect.stringContaining(REFUSED)])
    }
    for (const option of ['--yes', '--force', '--person=ada']) {
      const args = [PROGRAM, 'confirm-phase', option]
      expect([option, spawnSync(process.execPath, args, options).status]).toEqual([option, 2])
    }
    expect(readFileSync(ledgerOf(project), 'utf8')).toBe(before)
    expect((await call('next_task')).code).toBe('phase_needs_person')
  })

  it('with any tool or argument', async () => {
    const { project, call } = await atPhaseEnd()
    const before = readFileSync(ledgerOf(project), 'utf8')
    for (const [tool, input] of TOOLS)
      expect([tool, (await call(tool, input)).code]).toEqual([tool, 'bad_arguments'])
    expect((await call('mark_complete', { task: '1.2' })).code).toBe('phase_needs_person')
    expect(readFileSync(ledgerOf(project), 'utf8')).toBe(before)
  })

  it('and verify reports it if it ticks the box of the human', async () => {
    const { project, call } = await atPhaseEnd()
    const plan = `${TRACK}/plan.md`
    project.write(
      plan,
      project.read(plan).replace('- [ ] Task: Conductor', '- [x] Task: Conductor'),
    )
    expect(runCommand(project, ['verify'])).toMatchObject({ status: 1 })
    expect((await call('next_task')).code).toBe('phase_needs_person')
  })

  it('and later calls are refused, and verify reports it, if it appends its own line to the ledger', async () => {
    const { project, call } = await atPhaseEnd()
    const last = readFileSync(ledgerOf(project), 'utf8').trim().split('\n').at(-1) ?? ''
    const line = {
      ...JSON.parse(last),
      kind: 'phase-confirmed',
      phase: 'Phase 1: Notes',
      person: 'ada',
    }
    appendFileSync(ledgerOf(project), `${JSON.stringify(line)}\n`)
    // The line has no effect, and nothing is recorded after it.
    expect((await call('next_task')).code).toBe('phase_needs_person')
    const { status, stdout } = runCommand(project, ['verify'])
    expect(status).toBe(1)
    expect(stdout).toContain('The ledger is broken here')
  })

  it('and verify counts the confirmation if it forges a line with valid hashes', async () => {
    const { project } = await atPhaseEnd()
    const phase = { kind: 'phase-confirmed' as const, phase: 'Phase 1: Notes', person: 'ada' }
    appendEvents(stateOf({ root: project.root }), FEATURE, [phase], { by: 'forger' })
    expect(runCommand(project, ['verify']).stdout).toContain('1 human confirmation')
  })

  it('and commands that the server runs have no terminal', async () => {
    const { project, call } = await atPhaseEnd()
    const script = `import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
const args = [${JSON.stringify(PROGRAM)}, 'confirm-phase', '--root', ${JSON.stringify(project.root)}]
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
writeFileSync('status', String(status))\n`
    const checks = { own: ['node', 'own.mjs'] }
    const inner = makeProject({
      'package.json': '{}',
      'own.mjs': script,
      'redgreen.config.json': JSON.stringify({ checks }),
      'specs/001-own/spec.md': '# S',
      'specs/001-own/plan.md': '# P',
      'specs/001-own/tasks.md': '## Setup\n- [ ] T001 Configure it\n',
    })
    const other = await connect(inner.root)
    await other.call('next_task')
    await other.call('record_green', { task: 'T001', check: 'own' })
    expect(existsSync(path.join(inner.root, 'status'))).toBe(true)
    expect(inner.read('status')).toBe('1')
    expect((await call('next_task')).code).toBe('phase_needs_person')
  })
})
