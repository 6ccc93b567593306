import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { SIZE, SIZE_IS_ZERO, SIZE_TEST, SOURCE, STUB, ONE_TASK } from '../../honest/stack.ts'
import { honestWork, type HonestWork } from '../../honest/work.ts'
import { makeProject } from '../../kit/project.ts'

/** A test beside that of the task which fails in the next runs, as often as a file outside of the project says. */
function withFlakyTest(): { work: HonestWork; failNext: (times: number) => void } {
  const outside = makeProject({ left: '0' }, { git: false })
  const file = JSON.stringify(path.join(outside.root, 'left'))
  const work = honestWork(ONE_TASK, { [SOURCE]: STUB })
  const flaky = `import { readFileSync, writeFileSync } from 'node:fs'
test('steady', () => {
  const left = Number(readFileSync(${file}, 'utf8'))
  writeFileSync(${file}, String(Math.max(0, left - 1)))
  assert.equal(left > 0, false)
})
`
  work.write(SIZE_TEST, `${SIZE_IS_ZERO}${flaky}`)
  return { work, failNext: times => outside.write('left', String(times)) }
}

async function atRed(): Promise<ReturnType<typeof withFlakyTest>> {
  const all = withFlakyTest()
  const text = all.work.read(SIZE_TEST)
  all.work.remove(SIZE_TEST)
  await all.work.start('T001')
  all.work.write(SIZE_TEST, text)
  await all.work.red('T001', SIZE_TEST)
  all.work.write(SOURCE, SIZE)
  return all
}

describe('a test that passed at RED and fails at GREEN', () => {
  it('runs once more: if it passes then, it is called flaky, and the lucky run proves nothing', async () => {
    const { work, failNext } = await atRed()
    failNext(1)
    const refused = await work.refused('record_green', { task: 'T001' })
    expect(refused.code).toBe('green_fails')
    expect(refused.text).toMatch(/"tests\/size\.test\.js > steady".*depends on chance/)
    expect(refused.text).toContain('a corrected test then has to fail without the new code')
    await work.green('T001')
  })

  it('runs once more: if it fails again, the answer says so', async () => {
    const { work, failNext } = await atRed()
    failNext(9)
    const { text } = await work.refused('record_green', { task: 'T001' })
    expect(text).toContain('A second run has the same result.')
    expect(text).toContain(
      'A test that passed at RED fails: the new code breaks what it checks. Change the code until every test passes. Correct the test only if it is wrong. Then call record_green with task T001 again.',
    )
    expect(text).not.toContain('depends on chance')
  })
})

describe('a replay', () => {
  it('reports a run that varies as flaky, and one that always differs as a finding', async () => {
    const { work, failNext } = await atRed()
    await work.green('T001')
    await work.done('T001')
    failNext(3)
    expect(await work.verified({ replay: true })).toMatchObject({
      passed: true,
      notes: expect.arrayContaining([expect.stringMatching(/T001: its green varies.*flaky/)]),
      evidence: expect.arrayContaining([expect.objectContaining({ class: 'flaky', count: 1 })]),
    })
    failNext(99)
    expect(await work.verified({ replay: true })).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ text: expect.stringContaining('replay does not show it') }),
      ]),
    })
  })
})
