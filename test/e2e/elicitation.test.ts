import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { connect, connectWithSdk1, type Assistant, type FormReply } from '../kit/assistant.ts'
import { connectOverHttp, connectOverHttpWithSdk1, serve } from '../kit/http.ts'
import { atTerminal, hasTerminal } from '../kit/program.ts'
import { makeProject, stackProject, TASKS, type Project } from '../kit/project.ts'
import { someOf } from '../kit/slow.ts'

const PLAN = `## Phase 1: Setup
- [ ] T001 Create notes.txt
- [ ] T002 Manually verify the notes
`
const channels = ['terminal', 'elicitation']
const ASKS = { approval: { required: 'always', channels } }

const YES: FormReply = { action: 'accept', content: { confirm: true } }

/** The human at a client: the forms that they saw, and their reply. Without a reply the client does not support forms. */
interface Human {
  asked: string[]
  reply: FormReply | undefined
}

type Connect = (project: Project, human: Human) => Promise<Assistant['call']>

const sdk1: Connect = async ({ root }, human) =>
  (await connectWithSdk1(root, { onForm: onForm(human) })).call

function sdk2(protocol?: '2026-07-28'): Connect {
  return async ({ root }, human) =>
    (await connect(root, { onForm: onForm(human), ...(protocol && { protocol }) })).call
}

function overHttp(protocol?: '2026-07-28'): Connect {
  return async ({ root }, human) => {
    const options = { onForm: onForm(human), ...(protocol && { protocol }) }
    return (await connectOverHttp(await serve([root]), options)).call
  }
}

const sdk1OverHttp: Connect = async ({ root }, human) =>
  (await connectOverHttpWithSdk1(await serve([root]), { onForm: onForm(human) })).call

function onForm({ asked, reply }: Human): ((message: string) => FormReply) | undefined {
  if (!reply) return undefined
  return message => {
    asked.push(message)
    return reply
  }
}

const project = (settings: object = ASKS, plan = PLAN) =>
  stackProject(plan, { 'redgreen.config.json': JSON.stringify(settings) })

/** Without a linter or tests: one task, a human's review, and then the next phase. */
function trackProject(): Project {
  const plan = `# Plan

## Phase 1: Notes
- [ ] Task: Create notes.txt
- [ ] Task: Conductor - User Manual Verification 'Notes' (Protocol in workflow.md)

## Phase 2: More
- [ ] Task: Create more.txt
`
  const settings = { approval: { channels }, kinds: [{ tasks: '1.1', kind: 'check' }] }
  const scripts = { test: 'node --test', start: 'node server.js' }
  return makeProject({
    'package.json': JSON.stringify({ type: 'module', scripts }),
    'redgreen.config.json': JSON.stringify(settings),
    'conductor/tracks.md':
      '# Project Tracks\n\n---\n\n- [ ] **Track: Tides**\n*Link: [./tracks/tides_20260301/](./tracks/tides_20260301/)*\n',
    'conductor/tracks/tides_20260301/spec.md': '# Spec\n',
    'conductor/tracks/tides_20260301/plan.md': plan,
    'conductor/tracks/tides_20260301/metadata.json': '{"track_id":"tides_20260301","status":"new"}',
  })
}

/** One task, one phase, and two standards that nothing proves. */
function componentProject(): Project {
  const root = 'storage-conductor'
  const storage = `${root}/storages/storage-vault-001`
  const settings = { approval: { channels }, kinds: [{ tasks: '1.1', kind: 'check' }] }
  return makeProject({
    'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }),
    'tests/one.test.js': "import test from 'node:test'\ntest('one', () => {})\n",
    'redgreen.config.json': JSON.stringify(settings),
    [`${root}/tracks.md`]:
      '# Storage Components\n\n| Storage ID | Title | Status |\n|---|---|---|\n| storage-vault-001 | Vault | Planning |\n',
    [`${storage}/spec.md`]: '# Spec\n',
    [`${storage}/plan.md`]: '# Plan\n\n## Phase 1: Documentation\n- [ ] Write notes.txt\n',
    [`${storage}/metadata.json`]: '{"id": "storage-vault-001", "status": "Planning"}',
  })
}

const REVIEW =
  'Changed in this phase: notes.txt\nRun the tests: `npm test`\nStart the application: `npm start`'

/** The approvals in the ledger, each with its channel. */
function approvals({ root }: Project): unknown[] {
  const folder = path.join(root, '.redgreen/ledger')
  const names = namesIn(folder).filter(name => name.endsWith('.jsonl'))
  const texts = names.map(name => readFileSync(path.join(folder, name), 'utf8').trim())
  const lines = texts.flatMap(text => text.split('\n')).map(line => event.parse(JSON.parse(line)))
  return lines.flatMap(({ kind, channel }) => (channel === undefined ? [] : [[kind, channel]]))
}

const event = z.looseObject({ kind: z.string(), channel: z.string().optional() })

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    return []
  }
}

const CLIENTS: [name: string, connect: Connect][] = [
  ['version 2 of the SDK, 2026-07-28', sdk2('2026-07-28')],
  ['version 1 of the SDK', sdk1],
  ['version 2 of the SDK, 2025 protocol', sdk2()],
  ['version 2 of the SDK over HTTP, 2026-07-28', overHttp('2026-07-28')],
  ['version 2 of the SDK over HTTP, 2025 protocol', overHttp()],
  ['version 1 of the SDK over HTTP', sdk1OverHttp],
]

describe.each(CLIENTS)('a client with forms, built on %s', (_name, connect) => {
  it('asks the human for decisions that only a human can make, and continues after a yes', async () => {
    const all = project()
    const human: Human = { asked: [], reply: YES }
    const call = await connect(all, human)
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T001' } })
    expect(human.asked).toEqual([expect.stringMatching(/T001 Create notes\.txt.*Approve these 2/s)])
    all.write('redgreen.config.json', JSON.stringify({ ...ASKS, limits: { fullRuns: 9 } }))
    all.write('notes.txt', 'x')
    expect((await call('record_green', { task: 'T001' })).data).toMatchObject({ stage: 'green' })
    expect((await call('mark_complete', { task: 'T001' })).data).toMatchObject({ stage: 'done' })
    const files = await call('mark_complete', { task: 'T002' })
    expect(files.data).toMatchObject({ stage: 'done', progress: { done: 2 } })
    expect(human.asked.slice(1)).toEqual([
      expect.stringContaining('and the current settings?'),
      'T002 Manually verify the notes\nHave you reviewed it, and is it correct?',
    ])
    expect(all.read(TASKS)).toBe(PLAN.replaceAll('[ ]', '[X]'))
    expect(approvals(all)).toEqual([
      ['approved', 'elicitation'],
      ['approved', 'elicitation'],
      ['done', 'elicitation'],
    ])
  })
})

// What is asked, and when, does not depend on the client.
describe.each(someOf(1, CLIENTS))('a client with forms, built on %s', (_name, connect) => {
  it('asks for the review of a finished phase, and says what to review and how', async () => {
    const all = trackProject()
    const human: Human = { asked: [], reply: YES }
    const call = await connect(all, human)
    await call('next_task')
    all.write('notes.txt', 'x')
    await call('record_green', { task: '1.1' })
    const done = await call('mark_complete', { task: '1.1' })
    expect(done.text).toContain(REVIEW)
    expect(human.asked).toEqual([])
    expect((await call('next_task')).data).toMatchObject({ task: { id: '2.1' } })
    expect(human.asked).toEqual([
      expect.stringMatching(/^Phase "Phase 1: Notes" of tides_20260301\. .*is finished/),
    ])
    expect(human.asked[0]).toContain(`${REVIEW}\nHave you reviewed it`)
    expect(approvals(all)).toEqual([
      ['phase-confirmed', 'elicitation'],
      ['done', 'elicitation'],
    ])
  })

  it.each<[string, FormReply | undefined, object, number]>([
    ['the human declines', { action: 'decline' }, ASKS, 1],
    ['the human closes the form', { action: 'cancel' }, ASKS, 1],
    [
      'the human submits it without a yes',
      { action: 'accept', content: { confirm: false } },
      ASKS,
      1,
    ],
    ['the client does not support forms', undefined, ASKS, 0],
    ['the settings do not allow the channel', YES, { approval: { required: 'always' } }, 0],
    [
      'the settings allow only other channels',
      YES,
      // Over HTTP the server is also the page.
      { approval: { required: 'always', channels: ['terminal'] } },
      0,
    ],
  ])(
    'gets the same refusal as a client without forms if %s',
    async (_why, reply, settings, times) => {
      const all = project(settings)
      const human: Human = { asked: [], reply }
      const call = await connect(all, human)
      const { code, text } = await call('next_task')
      expect(code).toBe('not_approved')
      expect(text).toBe(
        '[not_approved] The settings require that a human approves the plan, and nobody has. No task was started. Ask a human to read it and to run `redgreen approve` in a terminal.' +
          (times > 0 ? ' Or ask them in the client: call the tool again.' : ''),
      )
      expect(human.asked).toHaveLength(times)
      expect(approvals(all)).toEqual([])
    },
  )

  it('asks for the standards of a finished component in one form, each with its own box', async () => {
    const all = componentProject()
    const reply: FormReply = { action: 'accept', content: { confirm: true, point1: true } }
    const human: Human = { asked: [], reply }
    const call = await connect(all, human)
    await call('next_task')
    all.write('notes.txt', 'x')
    await call('record_green', { task: '1.1' })
    const done = await call('mark_complete', { task: '1.1' })
    expect(done.text).toContain('Or ask them in the client: call next_task.')
    // The phase first, and then the standards. A standard that was not confirmed is not asked for again.
    const { code, text } = await call('run_validation')
    expect(code).toBe('phase_needs_person')
    expect(text).toContain(
      '1 of 3 standards of storage-vault-001 have no evidence and no decision by a human',
    )
    expect(text).toContain('human: Backup and recovery tested. Nothing was validated.')
    expect(text).toContain('in a terminal. Or ask them in the client')
    expect(human.asked).toEqual([
      expect.stringContaining('Phase "Phase 1: Documentation"'),
      expect.stringContaining('Have you checked them? Confirm each one that is met.'),
    ])
    expect((await call('run_validation')).data).toMatchObject({ passed: true, attempt: 1 })
    expect(approvals(all)).toEqual([
      ['phase-confirmed', 'elicitation'],
      ['standard-confirmed', 'elicitation'],
      ['standard-confirmed', 'elicitation'],
    ])
  })

  it('asks for a plan that has changed since its approval before validating it', async () => {
    const all = project(ASKS, '## Setup\n- [ ] T001 Create notes.txt\n')
    all.write('tests/one.test.js', "import test from 'node:test'\ntest('one', () => {})\n")
    const human: Human = { asked: [], reply: YES }
    const call = await connect(all, human)
    await call('next_task')
    all.write('notes.txt', 'x')
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    all.write(TASKS, all.read(TASKS).replace('notes.txt', 'notes.txt, short'))
    expect((await call('run_validation')).data).toMatchObject({ passed: true })
    expect(human.asked).toEqual([
      expect.stringContaining('Create notes.txt\n'),
      expect.stringContaining('Create notes.txt, short\n'),
    ])
  })

  it('does not count if it was added to the settings later, until a human approves that at a terminal', async () => {
    const all = project({}, PLAN)
    const human: Human = { asked: [], reply: YES }
    const call = await connect(all, human)
    await call('next_task')
    all.write('redgreen.config.json', JSON.stringify({ approval: { channels } }))
    all.write('notes.txt', 'x')
    const { code, text } = await call('record_green', { task: 'T001' })
    expect(code).toBe('settings_changed')
    expect(text).toContain('takes effect when a human runs `redgreen approve` in a terminal.')
    expect(text).not.toContain('Or ask them in the client')
    expect((await call('mark_complete', { task: 'T002' })).code).toBe('phase_needs_person')
    expect(human.asked).toEqual([])
    expect(approvals(all)).toEqual([])
    if (!hasTerminal) return
    const asked = atTerminal(all, 'yes', 'approve')
    expect(asked.stdout).toContain('a form in the MCP client can ask you to confirm')
    expect((await call('record_green', { task: 'T001' })).data).toMatchObject({ stage: 'green' })
    await call('mark_complete', { task: 'T001' })
    expect((await call('mark_complete', { task: 'T002' })).data).toMatchObject({ stage: 'done' })
    expect(human.asked).toHaveLength(1)
  })
})

it('a form does not count for another feature either if the first was started without forms', async () => {
  const all = project({}, PLAN)
  const human: Human = { asked: [], reply: YES }
  const call = await sdk2()(all, human)
  await call('next_task')
  all.write('specs/002-more/spec.md', '# More')
  all.write('specs/002-more/plan.md', '# Plan')
  all.write('specs/002-more/tasks.md', PLAN)
  all.write('redgreen.config.json', JSON.stringify(ASKS))
  const { code, text } = await call('next_task', { feature: '002-more' })
  expect(code).toBe('not_approved')
  expect(text).toContain('takes effect when a human runs `redgreen approve` in a terminal.')
  expect(human.asked).toEqual([])
})

it('a form is shown again if a criterion that it includes changed while it was open', async () => {
  const all = project(ASKS, `${PLAN}  Acceptance:\n  - a stranger can follow them\n`)
  const asked: string[] = []
  const onForm = (message: string) => {
    if (asked.length === 0) all.write(TASKS, `${PLAN}  Acceptance:\n  - nothing\n`)
    asked.push(message)
    return YES
  }
  const { call } = await connect(all.root, { onForm, protocol: '2026-07-28' })
  expect((await call('next_task')).data).toMatchObject({ task: { id: 'T001' } })
  expect(asked).toHaveLength(2)
  expect(asked[1]).toBe(asked[0])
})
