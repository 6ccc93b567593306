import { readFileSync, readdirSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { servePage, type PageServer } from '../kit/page-server.ts'
import { stackProject, TASKS, type Project } from '../kit/project.ts'
import { recordedFeature } from '../kit/recorded-feature.ts'

const PAGE = { approval: { required: 'always', channels: ['terminal', 'page'] } }
const PLAN = '## Setup\n- [ ] T001 Create notes.txt\n- [ ] T002 Manually verify the notes\n'

const project = (settings: object = PAGE, plan = PLAN) =>
  stackProject(plan, { 'redgreen.config.json': JSON.stringify(settings) })

interface Reply {
  status: number
  data: Record<string, unknown>
}

const WHERE = { workspace: 'app', feature: '001-stack' }

async function post(
  { origin, token }: PageServer,
  name: string,
  body: object,
  { authorised = true } = {},
): Promise<Reply> {
  const response = await fetch(`${origin}/page/${name}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorised && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ ...WHERE, ...body }),
  })
  return { status: response.status, data: record.parse(await response.json()) }
}

async function get(server: PageServer, name: string, query = {}): Promise<Reply> {
  const search = new URLSearchParams({ ...WHERE, ...query })
  const response = await fetch(`${server.origin}/page/${name}?${search.toString()}`)
  return { status: response.status, data: record.parse(await response.json()) }
}

const record = z.record(z.string(), z.unknown())

/** The kinds and channels of decisions in the ledger. */
function decisions({ root }: Project): unknown[] {
  const folder = path.join(root, '.redgreen/ledger')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const lines = names
    .filter(name => name.endsWith('.jsonl'))
    .flatMap(name => readFileSync(path.join(folder, name), 'utf8').trim().split('\n'))
    .filter(line => line !== '')
  return lines
    .map(line => record.parse(JSON.parse(line)))
    .flatMap(({ kind, channel }) => (channel === undefined ? [] : [[kind, channel]]))
}

function filesOf({ root }: Project): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted()
}

const APPROVE = { decision: { step: 'approve' } }

it('a decision on the page asks the question of the terminal and records its channel', async () => {
  const all = project()
  const server = await servePage([all.root])
  const { data: question } = await post(server, 'question', APPROVE)
  expect(question['text']).toContain('T001 Create notes.txt')
  expect(question['text']).toContain('Approve these 2 tasks and the current settings?')
  const answer = { ...APPROVE, hash: question['hash'], agreed: [] }
  expect(await post(server, 'decision', answer)).toMatchObject({ data: { recorded: true } })
  expect(decisions(all)).toEqual([['approved', 'page']])
})

it('a decision without the token is refused', async () => {
  const all = project()
  const server = await servePage([all.root])
  const { data } = await post(server, 'question', APPROVE)
  const answer = { ...APPROVE, hash: data['hash'], agreed: [] }
  const refused = await post(server, 'decision', answer, { authorised: false })
  expect(refused).toMatchObject({
    status: 401,
    data: { refused: expect.stringMatching(/^This needs the token of the page: /) },
  })
  const before = filesOf(all)
  for (const name of ['question', 'replay', 'stop', 'session'])
    expect((await post(server, name, APPROVE, { authorised: false })).status).toBe(401)
  expect(filesOf(all)).toEqual(before)
  expect((await post(server, 'question', APPROVE)).data['hash']).toBe(data['hash'])
})

it('a question that changed since it was shown is refused and returned anew', async () => {
  const all = project()
  const server = await servePage([all.root])
  const { data: shown } = await post(server, 'question', APPROVE)
  all.write(TASKS, `${PLAN}- [ ] T003 Create more.txt\n`)
  const { data } = await post(server, 'decision', { ...APPROVE, hash: shown['hash'], agreed: [] })
  const changed = record.parse(data['changed'])
  expect(changed['text']).toContain('T003 Create more.txt')
  expect(data).not.toHaveProperty('recorded')
  const again = { ...APPROVE, hash: changed['hash'], agreed: [] }
  expect((await post(server, 'decision', again)).data).toMatchObject({ recorded: true })
})

it.each([
  ['do not name the page', { approval: { required: 'always', channels: ['elicitation'] } }],
  ['name no channel', { approval: { required: 'always' } }],
])('a decision is refused if the settings %s', async (_what, settings) => {
  const all = project(settings)
  const server = await servePage([all.root])
  const { data: question } = await post(server, 'question', APPROVE)
  const answer = { ...APPROVE, hash: question['hash'], agreed: [] }
  const { status, data } = await post(server, 'decision', answer)
  expect(status).toBe(409)
  expect(data['refused']).toContain('The settings do not name the page as a channel')
  const { data: board } = await get(server, 'board')
  expect(board['workspaces']).toMatchObject([
    { channel: 'unnamed', features: [{ waits: [{ command: 'redgreen approve' }] }] },
  ])
})

it('a task that evidence proves cannot be confirmed, and its question runs nothing', async () => {
  const all = recordedFeature(PLAN, { 'redgreen.config.json': JSON.stringify(PAGE) })
  const server = await servePage([all.root])
  const decision = { step: 'mark-complete', task: 'T001' }
  const { status, data } = await post(server, 'question', { decision })
  expect(status).toBe(409)
  expect(data['refused']).toContain('T001 is proven by evidence (kind check)')
})

it('a waiver needs its reason, and is recorded with it', async () => {
  const all = project({ approval: { channels: ['page'] } })
  const server = await servePage([all.root])
  const decision = { step: 'waive', tasks: ['T001'], reason: 'the notes are elsewhere' }
  const empty = { decision: { ...decision, reason: ' ' } }
  expect((await post(server, 'question', empty)).status).toBe(400)
  const { data: question } = await post(server, 'question', { decision })
  expect(question['text']).toContain('because: the notes are elsewhere?')
  await post(server, 'decision', { decision, hash: question['hash'], agreed: [] })
  expect(decisions(all)).toEqual([['waived', 'page']])
})

it('the same answer counts once, also if it is sent twice at once', async () => {
  const all = recordedFeature(PLAN, { 'redgreen.config.json': JSON.stringify(PAGE) })
  const server = await servePage([all.root])
  const decision = { step: 'allow-run' }
  const { data: question } = await post(server, 'question', { decision })
  const answer = { decision, hash: question['hash'], agreed: [] }
  const answers = await Promise.all([1, 2].map(() => post(server, 'decision', answer)))
  expect(answers.filter(({ data }) => data['recorded'])).toHaveLength(1)
  expect(decisions(all)).toEqual([['runs-allowed', 'page']])
})

it('a task for a human that was confirmed meanwhile is not recorded again', async () => {
  const settings = { approval: { channels: ['page'] } }
  const all = project(settings, '## Setup\n- [ ] T001 Manually verify the notes\n')
  const server = await servePage([all.root])
  const decision = { step: 'mark-complete', task: 'T001' }
  const { data: question } = await post(server, 'question', { decision })
  const answer = { decision, hash: question['hash'], agreed: [] }
  expect((await post(server, 'decision', answer)).data).toMatchObject({ recorded: true })
  const { status, data } = await post(server, 'decision', answer)
  expect(status).toBe(409)
  expect(data['refused']).toContain('Somebody has decided this already')
})

it.each([
  ['GET', '/page/decision', 405],
  ['POST', '/page/board', 405],
  ['GET', '/page/nothing', 404],
  ['PUT', '/', 405],
  ['POST', '/page/constructor', 404],
  ['POST', '/page/toString', 404],
  ['POST', '/page/__proto__', 404],
])('%s %s is answered with %i', async (method, address, status) => {
  const server = await servePage([project().root])
  const headers = { authorization: `Bearer ${server.token}` }
  expect((await fetch(`${server.origin}${address}`, { method, headers })).status).toBe(status)
})

it('only the plans that the board lists can be read', async () => {
  const all = project()
  all.write('private/notes.md', '# Notes\n\n- [ ] buy a present\n')
  const server = await servePage([all.root])
  const feature = 'private/notes.md'
  for (const name of ['feature', 'document', 'verification'])
    expect(await get(server, name, { feature, document: 'tasks' })).toEqual({
      status: 400,
      data: { refused: 'The workspace "app" has no plan "private/notes.md".' },
    })
  expect(await get(server, 'document', { document: 'tasks' })).toMatchObject({ status: 200 })
})

it('a request for another workspace, a broken body and a long one are refused', async () => {
  const server = await servePage([project().root])
  expect((await get(server, 'feature', { workspace: 'other' })).status).toBe(400)
  const send = (body: string) =>
    fetch(`${server.origin}/page/question`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
      body,
    })
  expect((await send('{')).status).toBe(400)
  expect((await send(JSON.stringify({ text: 'x'.repeat(100_000) }))).status).toBe(400)
})

it('a page whose workspace was removed says so', async () => {
  const all = project()
  const server = await servePage([all.root])
  all.remove('.')
  const { data } = await get(server, 'board')
  expect(data['workspaces']).toMatchObject([{ problem: expect.stringContaining('no folder') }])
})

it('settings that cannot be read are named', async () => {
  const all = project()
  all.write('redgreen.config.json', '{')
  const { data } = await get(await servePage([all.root]), 'board')
  expect(data['workspaces']).toMatchObject([
    { problem: expect.stringContaining('redgreen.config.json') },
  ])
})

it('a plan that cannot be read does not hide the others', async () => {
  const all = project()
  all.write('specs/002-broken/tasks.md', '<<<<<<< ours\n- [ ] T001 a\n=======\n>>>>>>> theirs\n')
  all.write('specs/002-broken/plan.md', '# Plan\n')
  const server = await servePage([all.root])
  const { data } = await get(server, 'board')
  expect(data['workspaces']).toMatchObject([
    {
      features: [
        { key: '001-stack', problem: null },
        { key: '002-broken', problem: expect.stringContaining('conflict') },
      ],
    },
  ])
})

it('evidence has the failing line, the tests and how they changed since', async () => {
  const all = recordedFeature('## Core\n- [ ] T001 Add push\n')
  all.prove('T001')
  const server = await servePage([all.root])
  const { data } = await get(server, 'task', { task: 'T001' })
  expect(data).toMatchObject({
    task: { id: 'T001', stage: 'done', kind: 'build' },
    steps: [
      { kind: 'start' },
      { kind: 'red', tests: [{ name: 'T001', outcome: 'failed' }], run: { exitCode: 1 } },
      { kind: 'green', tests: [{ name: 'T001', outcome: 'passed' }] },
      { kind: 'done' },
    ],
  })
})

const external = Object.values(networkInterfaces())
  .flat()
  .find(found => found && found.family === 'IPv4' && !found.internal)?.address

it.runIf(external)('another machine reads nothing without the token', async () => {
  const server = await servePage([project().root], { host: external ?? '' })
  const headers = { authorization: `Bearer ${server.token}` }
  for (const name of ['board', 'events'])
    expect((await fetch(`${server.origin}/page/${name}`)).status).toBe(401)
  expect((await fetch(`${server.origin}/page/board`, { headers })).status).toBe(200)
  // The page itself has no data.
  expect((await fetch(`${server.origin}/page/question`, { method: 'POST' })).status).toBe(401)
})
