import { describe, expect, it } from 'vitest'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { hasBrowser } from '../../kit/application.ts'
import { makeProject, type Project } from '../../kit/project.ts'
import { GARDEN } from './application/garden.ts'
import { NOTES } from './application/notes.ts'

const PLAN = 'docs/plans/notes.json'
const FLOW = {
  name: 'Sign in',
  steps: [
    'POST /login user=ada&password=open+sesame → 200 contains "ada"',
    'POST /notes {"text": "milk"} → 201, capture id = $.id',
    'GET /notes/{{id}} → 200 contains "milk"',
  ],
}
const PRODUCTION = {
  start_command: 'NOTES_FILE=notes.db node server.mjs',
  health_endpoint: '/health',
  critical_endpoints: [{ method: 'GET', path: '/health', expected_status: 200 }],
  user_flows: [FLOW],
}
const GOTCHAS = `# Gotchas

## Node.js

### Session ids

**Gotcha:** An id that everybody can guess is not an id
\`\`\`js
// ❌ FAILS
sessions.add('s1')
// ✅ WORKS
sessions.add(randomUUID())
\`\`\`
**Detection:** \`sessions.add('s1')\`
**Fix:** Make it at random

## Django

### Nothing of this project

**Gotcha:** elsewhere
\`\`\`js
// ❌ FAILS
createServer(x)
// ✅ WORKS
none()
\`\`\`
`

describe('a plan whose workflow requires production validation', () => {
  it('becomes COMPLETE when all gates pass, and nothing else in it changes', async () => {
    const { project, call, client } = await finished(PRODUCTION)
    const before = project.read(PLAN)
    const first = await call('run_validation')
    expect(first.data).toMatchObject({ passed: true, attempt: 1 })
    expect(first.data).not.toHaveProperty('known')
    expect(namesOf(first.data['gates'])).toEqual([
      'tests',
      'start',
      'health',
      'endpoints',
      'assets',
      'flows',
      'console',
      'gotchas',
    ])
    expect(project.read(PLAN).replace(/(?<="validation_timestamp": ")[^"]+/, 'NOW')).toBe(
      before.replace(
        '"status": "APPROVED"',
        '"status": "COMPLETE",\n  "production_validated": true,\n  "validation_timestamp": "NOW"',
      ),
    )
    const { contents } = await client.readResource({ uri: 'redgreen://notes/validation' })
    const [content] = contents
    const report = content && 'text' in content ? content.text : ''
    expect(report.split('\n')).toEqual(expect.arrayContaining(REPORT))
    expect(project.read('.redgreen/reports/notes.md')).toBe(report)
    // The application wrote a file, and the plan has changed. Neither requires another validation.
    expect((await call('run_validation')).data).toMatchObject({ passed: true, attempt: 1 })
    // After a crash between the evidence and its effects, calling again completes them.
    const complete = project.read(PLAN)
    project.write(PLAN, before)
    expect((await call('run_validation')).data).toMatchObject({ passed: true, attempt: 1 })
    expect(project.read(PLAN)).toBe(complete)
  })

  it('stays as it is when a gate fails, and the answer says what failed, why, and how to fix it', async () => {
    const { project, call } = await finished({ ...PRODUCTION, start_command: 'node server.mjs' })
    const before = project.read(PLAN)
    const failed = await call('run_validation')
    expect(failed.data).toMatchObject({ passed: false, attemptsLeft: 2 })
    expect(failed.text).toContain('✗ start: did not get ready')
    expect(failed.text).toContain('Missing environment variable NOTES_FILE')
    expect(failed.text).toContain('⚠ flows: not checked: it was not running')
    expect(failed.text).toMatch(/Symptom: .*NOTES_FILE.* Likely cause: .* Fix: /)
    expect(failed.text).toContain('notes was not marked as complete.')
    expect(project.read(PLAN)).toBe(before)
    expect(project.read('.redgreen/reports/notes.md')).toContain('❌ Production Validation: FAIL')
  })

  it('does not become complete without an executable flow', async () => {
    const none = await finished({ ...PRODUCTION, user_flows: [] })
    expect((await none.call('next_task')).text).toContain('requires at least one user flow')
    const without = await none.call('run_validation')
    expect(without.code).toBe('plan_invalid')
    expect(without.text).toMatch(/at least one user flow.*no attempt was used.*user_flows/s)
    const prose = { name: 'Sign in', steps: ['Sign in', 'Look around'] }
    setPlan(none.project, { ...PRODUCTION, user_flows: [prose] })
    const second = await none.call('run_validation')
    expect(second.text).toContain('Sign in, step 1 of 2 (Sign in) cannot be parsed as a step')
    expect(second.data).toMatchObject({ passed: false, attempt: 1 })
    expect(none.project.read(PLAN)).toContain('"status": "APPROVED"')
  })

  it('has no known gotcha of its stack, unless a human waives it', async () => {
    const { project, call } = await finished(PRODUCTION, { 'agents/framework-gotchas.md': GOTCHAS })
    const line = NOTES.split('\n').findIndex(text => text.includes('sessions.add')) + 1
    const failed = await call('run_validation')
    expect(failed.data).toMatchObject({ passed: false })
    expect(failed.text).toContain('✗ gotchas: 1 of 2 known gotchas apply to this stack')
    expect(failed.text).toContain(
      `server.mjs:${line} Node.js: Session ids: An id that everybody can guess is not an id ✅ Make it at random`,
    )
    const waivedGotchas = [{ gotcha: 'Session ids', file: 'server.mjs', reason: 'a demo' }]
    project.write('redgreen.config.json', JSON.stringify({ validation: { waivedGotchas } }))
    expect((await call('run_validation')).data).toMatchObject({ passed: true, attempt: 2 })
    expect(project.read('.redgreen/reports/notes.md')).toContain(
      `- Node.js: Session ids: waived at server.mjs:${line} (a demo) ✓`,
    )
  })
})

describe.skipIf(!hasBrowser)('a visited page', () => {
  it('is kept as a screenshot, which is a resource', async () => {
    const steps = ['goto /', 'fill "Bed" with "peas"', 'click "Plant"', 'expect "peas"']
    const production = {
      start_command: 'node server.mjs',
      frontend_url: '/',
      user_flows: [{ name: 'Plant', steps }],
    }
    const { call, client } = await finished(production, GARDEN)
    const { data } = await call('run_validation')
    expect(data).toMatchObject({ passed: true })
    const [uri] = Array.isArray(data['screenshots']) ? data['screenshots'] : []
    expect(uri).toMatch(/^redgreen:\/\/notes\/screenshots\/[0-9a-f]{12}-1-plant\.png$/)
    const { contents } = await client.readResource({ uri: String(uri) })
    expect(contents).toMatchObject([
      { mimeType: 'image/png', blob: expect.stringMatching(/^iVBOR/) },
    ])
    const nowhere = client.readResource({
      uri: 'redgreen://notes/screenshots/..%2F..%2F..%2Fpackage.json',
    })
    await expect(nowhere).rejects.toThrow(/not found/i)
  })
})

const REPORT = [
  '## Implementation Complete',
  '### ✅ Unit Tests: PASS',
  '### ✅ Production Validation: PASS',
  '**Server Start:**',
  '- Command: `node server.mjs` ✓',
  expect.stringMatching(/^- Status: Running on http:\/\/localhost:\d+ ✓$/),
  '**Endpoint Tests:**',
  '- GET /health → 200 OK ✓',
  '**User Flow: Sign in**',
  '1. POST /login → 200 OK ✓',
  '2. POST /notes → 201 Created ✓',
  '3. GET /notes/1 → 200 OK ✓',
  '**Framework Gotchas Checked:**',
  '### 📋 Plan Status',
  '- Production validated: ✓',
  '- Status: COMPLETE',
  expect.stringMatching(/the application was seen to work: ready for review and deployment!$/),
]

/** A plan whose only task is done, and which can be validated. */
async function finished(
  production: object,
  files: Record<string, string> = {},
): Promise<Pick<Assistant, 'call' | 'client'> & { project: Project }> {
  const project = makeProject({
    'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }),
    'tests/a.test.js': "import test from 'node:test'\ntest('a', () => {})\n",
    'server.mjs': NOTES,
    'docs/usage.md': 'x',
    [PLAN]: planOf(production, false),
    ...files,
  })
  const { call, client } = await connect(project.root)
  await call('next_task')
  project.write('docs/usage.md', 'How it is used.')
  await call('record_green', { task: '1' })
  await call('mark_complete', { task: '1' })
  return { project, call, client }
}

function setPlan(project: Project, production: object): void {
  project.write(PLAN, planOf(production, true))
}

function planOf(production: object, passes: boolean): string {
  const task = {
    id: 1,
    name: 'Write the documentation',
    dependencies: [],
    files: ['docs/usage.md'],
    passes,
  }
  const plan = {
    title: 'Notes',
    status: 'APPROVED',
    tasks: [task],
    validation: { production_validation: production },
  }
  return `${JSON.stringify(plan, null, 2)}\n`
}

function namesOf(gates: unknown): unknown[] {
  return Array.isArray(gates) ? gates.map((gate: { name: unknown }) => gate.name) : []
}
