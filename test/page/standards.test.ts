import { expect, it } from 'vitest'
import { loadContext } from '../../src/workflow/context/load-context.ts'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { WorkspaceBoard } from '../../src/page/board.ts'
import { answerQuestion, questionOf } from '../../src/page/decisions.ts'
import { callAt } from '../kit/call.ts'
import { makeProject } from '../kit/project.ts'

const { signal } = new AbortController()

/** One task, which is done, and two standards that nothing proves. */
async function finishedComponent() {
  const root = 'storage-conductor'
  const storage = `${root}/storages/storage-vault-001`
  const project = makeProject({
    'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }),
    'tests/one.test.js': "import test from 'node:test'\ntest('one', () => {})\n",
    'redgreen.config.json': JSON.stringify({
      approval: { channels: ['page'] },
      kinds: [{ tasks: '1.1', kind: 'check' }],
    }),
    [`${root}/tracks.md`]:
      '# Storage Components\n\n| Storage ID | Title | Status |\n|---|---|---|\n| storage-vault-001 | Vault | Planning |\n',
    [`${storage}/spec.md`]: '# Spec\n',
    [`${storage}/plan.md`]: '# Plan\n\n## Phase 1: Documentation\n- [ ] Write notes.txt\n',
    [`${storage}/metadata.json`]: '{"id": "storage-vault-001", "status": "Planning"}',
  })
  const call = callAt(project.root)
  await nextTask(call, {})
  project.write('notes.txt', 'x')
  await recordGreen(call, { task: '1.1' })
  await markComplete(call, { task: '1.1' })
  return { call, place: { workspace: { name: 'app', root: project.root } } }
}

it('standards are one entry of the inbox, confirmed one by one or waived', async () => {
  const { call, place } = await finishedComponent()
  const phase = { step: 'confirm-phase' as const, phase: 'Phase 1: Documentation' }
  await expect(questionOf(place, { step: 'confirm-standards' }, signal)).rejects.toThrow('Phase 1')
  const review = await questionOf(place, phase, signal)
  await answerQuestion(place, phase, { hash: review.hash, agreed: [] }, signal)
  const board = new WorkspaceBoard(place.workspace)
  const waits = async () =>
    (await board.view(signal)).features
      .flatMap(feature => feature.waits)
      .filter(({ decision }) => decision.step === 'confirm-standards')
  const [wait, ...more] = await waits()
  expect(more).toEqual([])
  const [first = '', second = ''] = wait?.standards ?? []
  const confirm = { step: 'confirm-standards' as const }
  const { hash, points } = await questionOf(place, confirm, signal)
  expect(points).toHaveLength(wait?.standards.length ?? 0)
  const agreed = points.map((_point, at) => at === 0)
  expect(await answerQuestion(place, confirm, { hash, agreed }, signal)).toMatchObject({
    recorded: true,
  })
  expect((await waits())[0]?.standards).not.toContain(first)
  const waive = { step: 'waive-standard' as const, standard: second, reason: 'there is no data' }
  const question = await questionOf(place, waive, signal)
  expect(question.text).toContain('because: there is no data?')
  await answerQuestion(place, waive, { hash: question.hash, agreed: [] }, signal)
  const { ledger } = await loadContext(call)
  expect(
    ledger.events.flatMap(event =>
      event.kind === 'standard-confirmed' ? [[event.standard, event.waived, event.channel]] : [],
    ),
  ).toEqual([
    [first, undefined, 'page'],
    [second, 'there is no data', 'page'],
  ])
})
