import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Client as ClientOfLine1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as TransportOfLine1 } from '@modelcontextprotocol/sdk/client/stdio.js'
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { describe, expect, it, onTestFinished } from 'vitest'
import * as z from 'zod'
import { atTerminal, hasTerminal } from '../kit/human.ts'
import { makeProject, stackProject, TASKS, type Project } from '../kit/project.ts'

const PLAN = `## Phase 1: Setup
- [ ] T001 Create notes.txt
- [ ] T002 Manually verify the notes
`
const channels = ['terminal', 'elicitation']
const ASKS = { approval: { required: 'always', channels } }

type Reply =
  | { action: 'accept'; content: Record<string, boolean> }
  | { action: 'decline' | 'cancel' }
const YES: Reply = { action: 'accept', content: { confirm: true } }

/** The person at a client: what they were asked, and what they reply; without a reply the client has no forms. */
interface Person {
  asked: string[]
  reply: Reply | undefined
}

type Call = (
  name: string,
  input?: Record<string, unknown>,
) => Promise<{ code: unknown; text: string; data: Record<string, unknown> }>

const serverFor = ({ root }: Project) => ({
  command: process.execPath,
  args: ['dist/cli.js', '--root', root],
  stderr: 'pipe' as const,
})

const said = z.looseObject({
  _meta: z.looseObject({ 'redgreen/code': z.string().optional() }).optional(),
  content: z.array(z.looseObject({ text: z.string().optional() })),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
})

function told(result: unknown): Awaited<ReturnType<Call>> {
  const { _meta, content, structuredContent = {} } = said.parse(result)
  return { code: _meta?.['redgreen/code'], text: content[0]?.text ?? '', data: structuredContent }
}

const capabilitiesOf = ({ reply }: Person) => ({
  capabilities: reply ? { elicitation: {} } : {},
})

async function line1(project: Project, person: Person): Promise<Call> {
  const client = new ClientOfLine1({ name: 'line-1', version: '1' }, capabilitiesOf(person))
  const { reply } = person
  if (reply)
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      person.asked.push(params.message)
      return reply
    })
  await client.connect(new TransportOfLine1(serverFor(project)))
  onTestFinished(() => client.close())
  return async (name, input = {}) => told(await client.callTool({ name, arguments: input }))
}

function line2(pin?: '2026-07-28') {
  return async (project: Project, person: Person): Promise<Call> => {
    const client = new Client(
      { name: 'line-2', version: '1' },
      { ...capabilitiesOf(person), ...(pin && { versionNegotiation: { mode: { pin } } }) },
    )
    const { reply } = person
    if (reply)
      client.setRequestHandler('elicitation/create', ({ params }) => {
        person.asked.push(params.message)
        return reply
      })
    await client.connect(new StdioClientTransport(serverFor(project)))
    onTestFinished(() => client.close())
    return async (name, input = {}) => told(await client.callTool({ name, arguments: input }))
  }
}

const project = (settings: object = ASKS, plan = PLAN) =>
  stackProject(plan, { 'redgreen.config.json': JSON.stringify(settings) })

/** Without a linter or tests: one task and a person's look, and then the next phase. */
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

const LOOK = 'Changed in this phase: notes.txt\nIts tests: `npm test`\nThe application: `npm start`'

/** What the ledger has of a person's word. */
function words({ root }: Project): unknown[] {
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

describe.each([
  ['line 1 of the SDK', line1],
  ['line 2 of the SDK, 2025 protocol', line2()],
  ['line 2 of the SDK, 2026-07-28', line2('2026-07-28')],
])('a client with forms, built on %s', (_name, connect) => {
  it('asks its person for what only a person decides, and the step goes on after a yes', async () => {
    const all = project()
    const person: Person = { asked: [], reply: YES }
    const call = await connect(all, person)
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T001' } })
    expect(person.asked).toEqual([
      expect.stringMatching(/T001 Create notes\.txt.*Approve these 2/s),
    ])
    all.write('redgreen.config.json', JSON.stringify({ ...ASKS, limits: { fullRuns: 9 } }))
    all.write('notes.txt', 'x')
    expect((await call('record_green', { task: 'T001' })).data).toMatchObject({ stage: 'green' })
    expect((await call('mark_complete', { task: 'T001' })).data).toMatchObject({ stage: 'done' })
    const files = await call('mark_complete', { task: 'T002' })
    expect(files.data).toMatchObject({ stage: 'done', progress: { done: 2 } })
    expect(person.asked.slice(1)).toEqual([
      expect.stringContaining('and the settings as they are?'),
      'T002 Manually verify the notes\nHave you looked, and is it as it should be?',
    ])
    expect(all.read(TASKS)).toBe(PLAN.replaceAll('[ ]', '[X]'))
    expect(words(all)).toEqual([
      ['approved', 'elicitation'],
      ['approved', 'elicitation'],
      ['done', 'elicitation'],
    ])
  })

  it('asks for the look at a finished phase, and says what to look at and how', async () => {
    const all = trackProject()
    const person: Person = { asked: [], reply: YES }
    const call = await connect(all, person)
    await call('next_task')
    all.write('notes.txt', 'x')
    await call('record_green', { task: '1.1' })
    const done = await call('mark_complete', { task: '1.1' })
    expect(done.text).toContain(LOOK)
    expect(person.asked).toEqual([])
    expect((await call('next_task')).data).toMatchObject({ task: { id: '2.1' } })
    expect(person.asked).toEqual([
      expect.stringMatching(/^Phase "Phase 1: Notes" of tides_20260301\. .*is finished/),
    ])
    expect(person.asked[0]).toContain(`${LOOK}\nHave you looked`)
    expect(words(all)).toEqual([
      ['phase-confirmed', 'elicitation'],
      ['done', 'elicitation'],
    ])
  })

  it.each<[string, Reply | undefined, object, number]>([
    ['the person declines', { action: 'decline' }, ASKS, 1],
    ['the person closes the form', { action: 'cancel' }, ASKS, 1],
    [
      'the person sends it without a yes',
      { action: 'accept', content: { confirm: false } },
      ASKS,
      1,
    ],
    ['the client has no forms', undefined, ASKS, 0],
    ['the settings do not name the channel', YES, { approval: { required: 'always' } }, 0],
    [
      'the settings name others',
      YES,
      { approval: { required: 'always', channels: ['terminal', 'page'] } },
      0,
    ],
  ])('is refused as without them where %s', async (_why, reply, settings, times) => {
    const all = project(settings)
    const person: Person = { asked: [], reply }
    const call = await connect(all, person)
    const { code, text } = await call('next_task')
    expect(code).toBe('not_approved')
    expect(text).toBe(
      '[not_approved] The settings ask for a person to approve the plan, and nobody has. No task was started. Ask a person to read it, and to run `redgreen approve` in a terminal.' +
        (times > 0 ? ' Their client can ask them too: call the same step again.' : ''),
    )
    expect(person.asked).toHaveLength(times)
    expect(words(all)).toEqual([])
  })

  it('goes through the standards that a component is closed with in one form, each by itself', async () => {
    const all = componentProject()
    const reply: Reply = { action: 'accept', content: { confirm: true, point1: true } }
    const person: Person = { asked: [], reply }
    const call = await connect(all, person)
    await call('next_task')
    all.write('notes.txt', 'x')
    await call('record_green', { task: '1.1' })
    const done = await call('mark_complete', { task: '1.1' })
    expect(done.text).toContain('Their client can ask them too: call next_task.')
    // The phase first, and then the standards: what was not agreed to is not asked for a second time.
    const { code, text } = await call('run_validation')
    expect(code).toBe('phase_needs_person')
    expect(text).toContain('1 of 3 standards that storage-vault-001 is closed with have neither')
    expect(text).toContain('word: Backup and recovery tested. Nothing was validated.')
    expect(text).toContain('in a terminal. Their client can ask them too')
    expect(person.asked).toEqual([
      expect.stringContaining('Phase "Phase 1: Documentation"'),
      expect.stringContaining('Have you looked, and does each of them hold?'),
    ])
    expect((await call('run_validation')).data).toMatchObject({ passed: true, attempt: 1 })
    expect(words(all)).toEqual([
      ['phase-confirmed', 'elicitation'],
      ['standard-confirmed', 'elicitation'],
      ['standard-confirmed', 'elicitation'],
    ])
  })

  it('asks for a plan that is another one by now before it validates it', async () => {
    const all = project(ASKS, '## Setup\n- [ ] T001 Create notes.txt\n')
    all.write('tests/one.test.js', "import test from 'node:test'\ntest('one', () => {})\n")
    const person: Person = { asked: [], reply: YES }
    const call = await connect(all, person)
    await call('next_task')
    all.write('notes.txt', 'x')
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    all.write(TASKS, all.read(TASKS).replace('notes.txt', 'notes.txt, short'))
    expect((await call('run_validation')).data).toMatchObject({ passed: true })
    expect(person.asked).toEqual([
      expect.stringContaining('Create notes.txt\n'),
      expect.stringContaining('Create notes.txt, short\n'),
    ])
  })

  it('is no way to a person when it was added to the settings later, until one says so at a terminal', async () => {
    const all = project({}, PLAN)
    const person: Person = { asked: [], reply: YES }
    const call = await connect(all, person)
    await call('next_task')
    all.write('redgreen.config.json', JSON.stringify({ approval: { channels } }))
    all.write('notes.txt', 'x')
    const { code, text } = await call('record_green', { task: 'T001' })
    expect(code).toBe('settings_changed')
    expect(text).toContain('counts only after `redgreen approve` in a terminal.')
    expect(text).not.toContain('Their client can ask them')
    expect((await call('mark_complete', { task: 'T002' })).code).toBe('phase_needs_person')
    expect(person.asked).toEqual([])
    expect(words(all)).toEqual([])
    if (!hasTerminal) return
    const asked = atTerminal(all, 'yes', 'approve')
    expect(asked.stdout).toContain('New in them: a form of the MCP client counts as your word')
    expect((await call('record_green', { task: 'T001' })).data).toMatchObject({ stage: 'green' })
    await call('mark_complete', { task: 'T001' })
    expect((await call('mark_complete', { task: 'T002' })).data).toMatchObject({ stage: 'done' })
    expect(person.asked).toHaveLength(1)
  })
})

it('is no way to a person either for another feature than the one that was begun without it', async () => {
  const all = project({}, PLAN)
  const person: Person = { asked: [], reply: YES }
  const call = await line2()(all, person)
  await call('next_task')
  all.write('specs/002-more/spec.md', '# More')
  all.write('specs/002-more/plan.md', '# Plan')
  all.write('specs/002-more/tasks.md', PLAN)
  all.write('redgreen.config.json', JSON.stringify(ASKS))
  const { code, text } = await call('next_task', { feature: '002-more' })
  expect(code).toBe('not_approved')
  expect(text).toContain('counts only after `redgreen approve` in a terminal.')
  expect(person.asked).toEqual([])
})
