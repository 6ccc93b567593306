import { expect, it } from 'vitest'
import { reopen } from '../../../src/workflow/human/reopen.ts'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { callAt } from '../../kit/call.ts'
import { humanApproves, humanAt } from '../../kit/human.ts'
import { recordedFeature, type RecordedFeature } from '../../kit/recorded-feature.ts'

const PLAN = '## Core\n- [ ] T001 size in src/a.js\n- [ ] T002 push in src/b.js\n'

async function found({ root }: RecordedFeature): Promise<string[]> {
  const [result] = await verify(callAt(root))
  const texts = result?.findings.map(({ text }) => text) ?? []
  return texts.flatMap(text => /^The settings changed before the (\w+) event/.exec(text)?.[1] ?? [])
}

/** A feature in which T001 is proven and T002 was started with changed settings, which are restored. */
function started(): RecordedFeature {
  const made = recordedFeature(PLAN)
  made.prove('T001')
  made.record({
    kind: 'start',
    task: 'T002',
    settings: 'changed',
    tree: 'start',
    title: 'push in src/b.js',
    provenAs: 'build',
  })
  return made
}

it('changed settings are a finding as soon as a task was started with them', async () => {
  expect(await found(started())).toEqual(['start'])
})

it('a start with settings that were restored is none once a human has approved', async () => {
  const made = started()
  await humanApproves(made)
  made.prove('T002')
  expect(await found(made)).toEqual([])
})

it('what was proven with changed settings stays a finding, whatever a human approves later', async () => {
  const made = started()
  made.prove('T002', { settings: 'changed' })
  await humanApproves(made)
  expect(await found(made)).toEqual(['start'])
})

it('what was proven with changed settings is none once a human has opened the task again', async () => {
  const made = started()
  made.prove('T002', { settings: 'changed' })
  await humanApproves(made)
  const { call } = humanAt(made.root)
  await reopen(call, { tasks: ['T002'], reason: 'changed settings' })
  made.prove('T002')
  expect(await found(made)).toEqual([])
})
