import { describe, expect, it } from 'vitest'
import { olderTestsChangedDuringFeature } from '../../../src/evidence/check-configuration.ts'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { approve } from '../../../src/workflow/human/approve.ts'
import { changedTestLines } from '../../../src/workflow/response/changed-tests.ts'
import { changesToReview } from '../../../src/workflow/verify/changes-to-review.ts'
import { callAt } from '../../kit/call.ts'
import { nodeTest } from '../../kit/project.ts'
import { startSteps, type Steps } from '../../kit/steps.ts'

const PLAN = '- [ ] T001 size in src/stack.js\n'
const TEST = 'tests/size.test.js'
const OLD = 'tests/old.test.js'
const old = (value: number) =>
  `import test from 'node:test'\nimport assert from 'node:assert/strict'\nimport { old } from '../src/old.js'\ntest('old', () => assert.equal(old(), ${value}))\n`
const code = (value: number) => `export const old = () => ${value}\n`
const FILES = {
  'src/stack.js': 'export class Stack {}\n',
  'src/old.js': code(1),
  [OLD]: old(1),
}

type Moment = 'before RED' | 'after RED' | 'after GREEN'

/** Does the task, and something else at one moment on the way. Returns the answer to the mark. */
async function done(
  moment: Moment,
  work: (steps: Steps) => void,
): Promise<{ steps: Steps; text: string }> {
  const steps = await startSteps(PLAN, FILES)
  const at = (now: Moment) => (now === moment ? work(steps) : undefined)
  at('before RED')
  steps.project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size, 0)'))
  expect(await steps.red([TEST])).toMatchObject({ code: undefined })
  at('after RED')
  steps.project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  expect(await steps.green()).toMatchObject({ code: undefined })
  at('after GREEN')
  const { text, code: refusal } = await steps.mark()
  expect([refusal, text]).toEqual([undefined, text])
  return { steps, text }
}

const contextOf = ({ project }: Steps) => loadContext(callAt(project.root))

describe('a test that is older than the feature and was changed', () => {
  it.each<Moment>(['before RED', 'after RED', 'after GREEN'])(
    'to fit broken code %s is named, and no other test is',
    async moment => {
      const { steps, text } = await done(moment, ({ project }) => {
        project.write(OLD, old(2))
        project.write('src/old.js', code(2))
      })
      expect(text).toMatch(/older than the feature.*changed with this task: tests\/old\.test\.js/)
      const context = await contextOf(steps)
      expect(olderTestsChangedDuringFeature(context.ledger.events)).toEqual([OLD])
      expect(changesToReview(context).join('\n')).toContain(
        'since the feature started: tests/old.test.js',
      )
      expect(changedTestLines(context)).toEqual([])
    },
  )

  it('is not named after a human confirmed it', async () => {
    const { steps } = await done('after GREEN', ({ project }) =>
      project.write(OLD, `${old(1)}// x\n`),
    )
    let asked = ''
    const confirm = (question: string) => {
      asked = question
      return Promise.resolve(true)
    }
    const human = { channel: 'terminal' as const, confirm, confirmEach: () => Promise.resolve([]) }
    const call = callAt(steps.project.root)
    await approve({ ...call, frontend: { ...call.frontend, human } })
    expect(asked).toContain('tests/old.test.js (decides whether work is accepted)')
    expect(changesToReview(await contextOf(steps))).toEqual([])
  })

  it('is not named if the server saw it fail', async () => {
    const steps = await startSteps(PLAN, FILES)
    steps.project.write(OLD, old(2))
    expect(await steps.red([OLD])).toMatchObject({ code: undefined })
    steps.project.write('src/old.js', code(2))
    steps.project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    expect(await steps.green()).toMatchObject({ code: undefined })
    expect(await steps.mark()).toMatchObject({ code: undefined })
    expect(changesToReview(await contextOf(steps))).toEqual([])
  })
})
