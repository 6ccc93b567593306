import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { atTerminal, hasTerminal, throughPipe } from '../../kit/program.ts'
import { makeProject, type Project } from '../../kit/project.ts'

const ROOT = 'storage-conductor'
const STORAGE = `${ROOT}/storages/storage-vault-001`
const STANDARDS = `${ROOT}/storage-standards.md`
const OPEN = [
  'Consistency',
  'Migrations tested and documented',
  'Backup and recovery tested',
] as const
const SETTINGS = {
  kinds: [{ tasks: '1.1', kind: 'check' }],
  checks: { integrity: ['node', 'integrity.mjs'] },
  standards: { Integrity: 'integrity' },
}

function component(settings: object = SETTINGS): Project {
  return makeProject({
    'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }),
    'tests/one.test.js': "import test from 'node:test'\ntest('one', () => {})\n",
    'integrity.mjs': 'process.exit(0)\n',
    'redgreen.config.json': JSON.stringify(settings),
    [`${ROOT}/tracks.md`]:
      '# Storage Components\n\n| Storage ID | Title | Status | Created Date | Updated Date |\n|---|---|---|---|---|\n| storage-vault-001 | Vault | Planning | 2026-03-01 | 2026-03-01 |\n',
    [STANDARDS]:
      '# Standards\n\n- **Consistency**: whole, or not at all\n- **Integrity**: no lot twice\n- All tests pass.\n',
    [`${STORAGE}/spec.md`]: '# Spec\n',
    [`${STORAGE}/plan.md`]: '# Plan\n\n## Phase 1: Documentation\n- [ ] Write notes.txt\n',
    [`${STORAGE}/metadata.json`]: '{"id": "storage-vault-001", "status": "Planning"}',
  })
}

/** All tasks done, the phase confirmed, and only the validation left. */
async function built(settings?: object): Promise<{ project: Project; call: Assistant['call'] }> {
  const project = component(settings)
  const { call } = await connect(project.root)
  await call('next_task')
  project.write('notes.txt', 'x')
  await call('record_green', { task: '1.1' })
  await call('mark_complete', { task: '1.1' })
  expect(atTerminal(project, 'yes', 'confirm-phase')).toMatchObject({ status: 0 })
  return { project, call }
}

function confirmations({ root }: Project): unknown[] {
  const folder = path.join(root, '.redgreen/ledger/storage-vault-001')
  const [file = ''] = readdirSync(folder)
  const lines = readFileSync(path.join(folder, file), 'utf8').trim().split('\n')
  return lines.map(line => JSON.parse(line)).filter(({ kind }) => kind === 'standard-confirmed')
}

describe.skipIf(!hasTerminal)('the standards for completing a component', () => {
  it('need evidence or a human: without either, they are named, nothing runs and nothing is completed', async () => {
    const { project, call } = await built()
    const { code, text } = await call('run_validation')
    expect(code).toBe('phase_needs_person')
    expect(text).toContain(`3 of 6 standards`)
    expect(text).toContain(`no decision by a human: ${OPEN.join('; ')}.`)
    expect(text).toContain('`redgreen confirm-standards` in a terminal')
    expect(project.read(`${STORAGE}/metadata.json`)).toContain('In Progress')
  })

  it('are confirmed by a human one by one, and the others stay open', async () => {
    const { project, call } = await built()
    const asked = atTerminal(project, 'yes\nno\nyes', 'confirm-standards')
    expect(asked.status).toBe(0)
    expect(asked.stdout).toContain(`Consistency (${STANDARDS}:3): **Consistency**: whole`)
    expect(asked.stdout).toContain(`Not confirmed: ${OPEN[1]}.`)
    expect(confirmations(project)).toMatchObject([
      { standard: OPEN[0], channel: 'terminal', person: expect.any(String) },
      { standard: OPEN[2], channel: 'terminal' },
    ])
    expect((await call('run_validation')).text).toContain(`no decision by a human: ${OPEN[1]}.`)
    const waived = atTerminal(
      project,
      'yes',
      'waive',
      '--standard',
      OPEN[1],
      '--reason',
      'it has none',
    )
    expect(waived.status).toBe(0)
    const { data } = await call('run_validation')
    expect(data).toMatchObject({ passed: true, attempt: 1 })
    const report = project.read('.redgreen/reports/storage-vault-001.md')
    const [, section = ''] = report.split('## Standards\n')
    expect(section.split('\n').slice(0, 6)).toEqual([
      expect.stringMatching(/^- Consistency: confirmed by .+ on \d{4}-\d\d-\d\d ✓$/),
      '- Integrity: the check integrity passes ✓',
      '- All tests pass.: the gate tests passes ✓',
      expect.stringMatching(/^- Documentation complete: confirmed with "Phase 1: Documentation"/),
      expect.stringMatching(/^- Migrations tested and documented: waived \(it has none\) by /),
      expect.stringMatching(/^- Backup and recovery tested: confirmed by /),
    ])
    expect(project.read(`${STORAGE}/metadata.json`)).toContain('Completed')
    // A changed text is a new standard, which is not confirmed.
    project.write(STANDARDS, project.read(STANDARDS).replace('whole', 'half'))
    expect((await call('run_validation')).text).toContain('no decision by a human: Consistency.')
  })

  it('are not met if their check in the settings fails, even if a human has confirmed them', async () => {
    const { project, call } = await built({ ...SETTINGS, standards: {} })
    expect(atTerminal(project, 'yes\nyes\nyes\nyes', 'confirm-standards').stdout).toContain(
      'Consistency; Integrity; ',
    )
    project.write('redgreen.config.json', JSON.stringify(SETTINGS))
    project.write('integrity.mjs', 'process.exit(3)\n')
    const { data, text } = await call('run_validation')
    // No human has confirmed these settings.
    expect(text).toContain('! The settings changed before the validation event of')
    expect(data).toMatchObject({ passed: false })
    expect(text).toContain('Integrity: the check integrity fails (exit code 3)')
    expect(project.read(`${STORAGE}/metadata.json`)).toContain('In Progress')
  })

  it('are shown without control characters for the terminal', async () => {
    const { project } = await built()
    const hidden =
      '- **Consistency**: anything goes\u001b[2K\u001b[8m\u202e\rwhole, or not at all\n'
    project.write(STANDARDS, `# Standards\n\n${hidden}`)
    const { stdout } = atTerminal(project, 'no\nno\nno', 'confirm-standards')
    expect(stdout).toMatch(/anything goes +whole, or not at all/)
    expect(stdout).not.toContain('\u001b[8m')
  })

  it('can be confirmed only by a human, and only after the work is done', async () => {
    const early = component()
    const { call } = await connect(early.root)
    await call('next_task')
    expect(atTerminal(early, 'yes', 'confirm-standards')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('[not_ready]'),
    })
    const { project } = await built()
    expect(atTerminal(project, 'no\nno\nno', 'confirm-standards')).toMatchObject({ status: 1 })
    const waiver = ['waive', '--standard', OPEN[0], '--reason', 'x']
    for (const args of [['confirm-standards'], waiver])
      expect(throughPipe(project, ...args)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('[phase_needs_person] Only a human at a terminal'),
      })
    const unknown = atTerminal(project, 'yes', 'waive', '--standard', 'Speed', '--reason', 'x')
    expect(unknown.stdout).toContain('has no standard "Speed"')
    expect(confirmations(project)).toEqual([])
  })
})
