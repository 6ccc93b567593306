import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { noteServedPage } from '../../src/store/served-page.ts'
import { writeUnsynced } from '../../src/store/files.ts'
import { createHolder } from '../../src/store/leases/holder.ts'
import { withSeal } from '../../src/store/secret.ts'
import { ensureState, stateOf } from '../../src/store/state.ts'
import { tools } from '../../src/tools/index.ts'
import { decide } from '../../src/workflow/decide.ts'
import type { Call } from '../../src/workflow/context/call.ts'
import { Refusal, type Decision } from '../../src/workflow/context/refusal.ts'
import { callAt } from '../kit/call.ts'
import { humanApproves } from '../kit/human.ts'
import { makeProject, stackProject, type Project } from '../kit/project.ts'

/** The id of a process that has ended. */
const GONE = spawnSync(process.execPath, ['-e', '']).pid

const ADDRESS = 'http://127.0.0.1:7411/'
const PAGE = { approval: { required: 'always', channels: ['terminal', 'page'] } }
/** Long enough that a call which does not wait for a decision would be noticed by the time limit of the test. */
const QUICK = { limits: { answerSeconds: 1 } }

function project(settings: object = PAGE): Project {
  return stackProject('## Setup\n- [ ] T001 Create notes.txt\n', {
    'redgreen.config.json': JSON.stringify(settings),
  })
}

function serve({ root }: Project): () => void {
  return noteServedPage(stateOf({ root }), ADDRESS)
}

/** Starts a call of an assistant; `waits` resolves when it begins to wait for a human. */
function callNextTask({ root }: Project, call: Call = callAt(root)) {
  const tool = tools.find(({ name }) => name === 'next_task')
  if (!tool) throw new Error('There is no next_task.')
  let noted: () => void = () => undefined
  const waits = new Promise<void>(resolve => (noted = resolve))
  const answer = tool.prepare({}).run({ ...call, note: noted })
  return { answer, waits }
}

function onPage({ root }: Project, decision: Decision): Promise<unknown> {
  const human = {
    channel: 'page' as const,
    confirm: () => Promise.resolve(true),
    confirmEach: () => Promise.resolve([true]),
  }
  const call = callAt(root, 'page')
  return decide({ ...call, frontend: { ...call.frontend, human } }, decision)
}

/** A call without a decision is refused after 40 seconds: what these tests expect has to come long before. */
const SOON = { timeout: 20_000 }

it(
  'a call that waits for an approval continues when a human approves on the page',
  SOON,
  async () => {
    const all = project()
    serve(all)
    const { answer, waits } = callNextTask(all)
    await waits
    await onPage(all, { step: 'approve' })
    expect((await answer).structured).toMatchObject({ task: { id: 'T001' } })
  },
)

it('a waiting call also continues after an approval at a terminal', async () => {
  const all = project()
  serve(all)
  const { answer, waits } = callNextTask(all)
  await waits
  await humanApproves(all)
  expect((await answer).structured).toMatchObject({ task: { id: 'T001' } })
})

it('a call is refused if nobody decides in time, and names the page beside the command', async () => {
  const all = project({ ...PAGE, ...QUICK })
  serve(all)
  await expect(callNextTask(all).answer).rejects.toThrow(
    `run \`redgreen approve\` in a terminal. Or on the page: ${ADDRESS} (a call that needs the decision waits for a while; repeat it to wait again).`,
  )
})

it.each<[string, object, (all: Project) => void]>([
  ['no process serves the page', PAGE, () => undefined],
  ['the process that served it has removed its note', PAGE, all => serve(all)()],
  [
    'the process that served it was killed',
    PAGE,
    ({ root }) => {
      const state = stateOf({ root })
      const server = createHolder('page', 'redgreen serve', GONE)
      const text = JSON.stringify({ address: ADDRESS, server: { ...server, startTime: '1' } })
      ensureState(state)
      writeUnsynced(`${state.local}/page.json`, withSeal(state, 'page', text))
    },
  ],
  [
    'the note was not written by this user',
    PAGE,
    all => {
      serve(all)
      const note = all.read('.redgreen/local/page.json')
      all.write('.redgreen/local/page.json', note.replace('7411', '7412'))
    },
  ],
  ['the settings do not name the channel', { approval: { required: 'always' } }, serve],
  [
    'the settings name another channel',
    { approval: { required: 'always', channels: ['elicitation'] } },
    serve,
  ],
])('a call is refused at once, without the address, if %s', async (_why, settings, prepare) => {
  const all = project(settings)
  prepare(all)
  const { answer, waits } = callNextTask(all)
  const refused = await Promise.race([answer.catch((error: unknown) => error), waits])
  expect(refused).toBeInstanceOf(Refusal)
  expect(String(refused)).not.toContain('http')
})

it('a command in a terminal does not wait', async () => {
  const all = project()
  serve(all)
  const call = callAt(all.root)
  const typed = { ...call, frontend: { ...call.frontend, typed: 'next-task' } }
  const { answer, waits } = callNextTask(all, typed)
  const refused = await Promise.race([answer.catch((error: unknown) => error), waits])
  expect(refused).toBeInstanceOf(Refusal)
})

it('settings that allow the page after the work started need a human at a terminal', async () => {
  const all = project({ limits: { fullRuns: 3 } })
  await callNextTask(all).answer
  serve(all)
  all.write('redgreen.config.json', JSON.stringify(PAGE))
  all.write('notes.txt', 'x')
  const green = tools.find(({ name }) => name === 'record_green')
  await expect(green?.prepare({ task: 'T001' }).run(callAt(all.root))).rejects.toThrow(
    'redgreen.config.json was changed to allow decisions on the page after the work started',
  )
  await onPage(all, { step: 'approve' })
  all.write('redgreen.config.json', JSON.stringify({ ...PAGE, ...QUICK }))
  await expect(green?.prepare({ task: 'T001' }).run(callAt(all.root))).rejects.toThrow(
    'that takes effect when a human runs `redgreen approve` in a terminal',
  )
  expect(await humanApproves(all)).toContain('you can confirm on the live page')
  const started = green?.prepare({ task: 'T001' }).run(callAt(all.root))
  expect((await started)?.structured).toMatchObject({ stage: 'green' })
})

it('a call that was cancelled stops waiting', SOON, async () => {
  const all = project()
  serve(all)
  const controller = new AbortController()
  const { answer, waits } = callNextTask(all, { ...callAt(all.root), signal: controller.signal })
  await waits
  controller.abort()
  await expect(answer).rejects.toThrow('nobody has')
})

it('a waiting call continues when the settings no longer require a decision', async () => {
  const all = project()
  serve(all)
  const { answer, waits } = callNextTask(all)
  await waits
  all.write('redgreen.config.json', JSON.stringify({ approval: { channels: ['page'] } }))
  expect((await answer).structured).toMatchObject({ task: { id: 'T001' } })
})

it('a waiting call continues when a human approves in the files of the workflow', async () => {
  const all = makeProject({
    'package.json': JSON.stringify({ name: 'a', type: 'module' }),
    'redgreen.config.json': JSON.stringify({ approval: { channels: ['page'] } }),
    '.spec-workflow/specs/a/requirements.md': '# Requirements\n',
    '.spec-workflow/specs/a/design.md': '# Design\n',
    '.spec-workflow/specs/a/tasks.md': '- [ ] 1. Create notes.txt\n',
    ...approvals('requirements', 'design'),
  })
  serve(all)
  const { answer, waits } = callNextTask(all)
  await waits
  for (const [file, text] of Object.entries(approvals('tasks'))) all.write(file, text)
  expect((await answer).structured).toMatchObject({ task: { id: '1' } })
})

/** What the dashboard of spec-workflow writes when a human approves these documents. */
function approvals(...names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.map(name => [
      `.spec-workflow/approvals/a/approval_${name}_1.json`,
      JSON.stringify({
        filePath: `.spec-workflow/specs/a/${name}.md`,
        status: 'approved',
        createdAt: '2026-01-03',
      }),
    ]),
  )
}
