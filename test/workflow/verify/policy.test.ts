import { describe, expect, it } from 'vitest'
import { EVIDENCE_CLASSES, REGULAR } from '../../../src/evidence/evidence-class.ts'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { connect } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { humanApproves } from '../../kit/human.ts'
import { runCommand } from '../../kit/program.ts'
import { nodeTest, stackProject } from '../../kit/project.ts'
import {
  doneEvent,
  recordedFeature,
  tick,
  type RecordedFeature,
} from '../../kit/recorded-feature.ts'
import { someOf } from '../../kit/slow.ts'

const SETTINGS = 'redgreen.config.json'
const PLAN = `## Core
- [ ] T001 size in src/a.js
- [ ] T002 push in src/b.js
- [ ] T003 Manually verify the stack
`

const policy = (allow?: readonly string[]) => JSON.stringify(allow ? { verify: { allow } } : {})

/** A feature with a task proven by assertion, a late one, and one that a human confirmed. */
function feature(settings?: string): RecordedFeature {
  const made = recordedFeature(PLAN, settings === undefined ? {} : { [SETTINGS]: settings })
  made.prove('T001')
  made.prove('T002', { red: { checkout: 'late' } })
  made.record(doneEvent('T003', { provenAs: 'person', confirmedBy: 'Ada', tree: '' }))
  tick(made, 'T003')
  return made
}

const LATE = 'T002: proven late, after the code'
const HUMAN = 'T003: confirmed by a human'

const TABLE: [settings: string[] | undefined, args: string[], status: number, found: string[]][] = [
  [undefined, [], 0, []],
  [[], [], 1, [LATE, HUMAN]],
  [['late'], [], 1, [HUMAN]],
  [['late', 'human'], [], 0, []],
  [['late', 'human', 'waived', 'load-failure'], [], 0, []],
  [['assertion'], [], 1, [LATE, HUMAN]],
  [undefined, ['--allow', 'late'], 1, [HUMAN]],
  [undefined, ['--allow', 'late,human'], 0, []],
  [undefined, ['--allow', ' late , human ,'], 0, []],
  [undefined, ['--allow', 'late', '--allow', 'human'], 0, []],
  [undefined, ['--allow', 'assertion'], 1, [LATE, HUMAN]],
  [undefined, ['--allow', ''], 1, [LATE, HUMAN]],
  [['late', 'human'], ['--allow', 'late'], 1, [HUMAN]],
  [[], ['--allow', 'late,human'], 0, []],
]

describe('the policy of verify', () => {
  it.each(someOf(9, TABLE))(
    'with the settings %j and the arguments %j exits with %i',
    (allow, args, status, found) => {
      const { root } = feature(allow && policy(allow))
      const done = runCommand({ root }, ['verify', '--json', ...args])
      expect(done).toMatchObject({ status, stderr: '' })
      const { findings, passed } = JSON.parse(done.stdout)
      expect(passed).toBe(status === 0)
      const texts = findings.map(({ text }: { text: string }) => text.split('.')[0])
      expect(texts).toEqual(found)
    },
  )

  it('names the task at its line, the class and who decided', () => {
    const { root } = feature(policy(['late']))
    const { stdout } = runCommand({ root }, ['verify'])
    expect(stdout).toContain(
      `specs/001-stack/tasks.md:4 ${HUMAN}. The policy (${SETTINGS}) does not allow "human".`,
    )
    expect(stdout).toContain(`Policy (${SETTINGS}): accepts late.`)
  })

  it('judges each class of weaker evidence, and never a regular proof', async () => {
    const { root } = feature()
    const weak = EVIDENCE_CLASSES.filter(name => !REGULAR.has(name))
    for (const name of ['late', 'human'] as const) {
      const [result] = await verify(callAt(root), { allow: weak.filter(other => other !== name) })
      expect(result?.findings.map(({ text }) => text)).toEqual([
        expect.stringContaining(`does not allow "${name}"`),
      ])
    }
    const [result] = await verify(callAt(root), { allow: weak })
    expect(result?.findings).toEqual([])
  })

  it('never hides a finding that needs no policy', () => {
    const made = feature()
    const { root } = recordedFeature(PLAN)
    expect(runCommand({ root }, ['verify']).status).toBe(0)
    made.write(
      'specs/001-stack/tasks.md',
      `${made.read('specs/001-stack/tasks.md')}- [X] T004 pop\n`,
    )
    const { status, stdout } = runCommand(made, ['verify', '--allow', EVIDENCE_CLASSES.join(',')])
    expect(status).toBe(1)
    expect(stdout).toContain('T004 is ticked by hand, not proven')
  })
})

describe('a bad value of the policy', () => {
  it('on the command line is wrong usage and names the words', () => {
    const { root } = feature()
    const { status, stdout, stderr } = runCommand({ root }, ['verify', '--allow', 'late,lates'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('--allow does not know "lates", so nothing was checked. It takes ')
    for (const name of EVIDENCE_CLASSES) expect(stderr).toContain(name)
  })

  it.each([['["lates"]'], ['"late"'], ['[1]'], ['null']])(
    'in the settings (%s) is refused',
    value => {
      const { root } = feature(`{"verify": {"allow": ${value}}}`)
      const { status, stderr } = runCommand({ root }, ['verify'])
      expect(status).toBe(1)
      expect(stderr).toMatch(/^\[plan_invalid\] .*redgreen\.config\.json/)
      expect(stderr).toContain('verify.allow')
    },
  )

  it('in the settings is refused with the words that are allowed', () => {
    const { root } = feature('{"verify": {"allow": ["lates"]}}')
    const { stderr } = runCommand({ root }, ['verify'])
    for (const name of EVIDENCE_CLASSES) expect(stderr).toContain(`"${name}"`)
  })
})

describe('a policy that was made less strict since the feature started', () => {
  const started = async (first: readonly string[] | undefined) => {
    const project = stackProject('## Core\n- [ ] T001 size in src/stack.js\n', {
      'src/stack.js': 'export class Stack {\n  size = 0\n}\n',
      ...(first && { [SETTINGS]: policy(first) }),
    })
    const { call } = await connect(project.root)
    await call('next_task')
    project.write('tests/size.test.js', nodeTest('size', 'assert.equal(new Stack().size, 1)'))
    return { project, call }
  }

  const findings = async (root: string) =>
    ((await verify(callAt(root)))[0]?.findings ?? []).map(({ text }) => text)

  it.each([[['waived', 'human']], [undefined]])(
    'is settings_changed in the task at hand: %j',
    async loosened => {
      const { project, call } = await started(['waived'])
      const red = await call('record_red', { task: 'T001', tests: ['tests/size.test.js'] })
      expect(red.data).toMatchObject({ stage: 'red' })
      project.write(SETTINGS, policy(loosened))
      project.write('src/stack.js', 'export class Stack {\n  size = 1\n}\n')
      expect(await call('record_green', { task: 'T001' })).toMatchObject({
        code: 'settings_changed',
      })
    },
  )

  it.each([[['late', 'human']], [undefined]])(
    'counts only after a human has approved it: %j',
    async loosened => {
      const made = recordedFeature(PLAN, { [SETTINGS]: policy(['human']) })
      const { call, close } = await connect(made.root)
      await call('next_task')
      await close()
      made.prove('T002', { red: { checkout: 'late' } })
      made.write(SETTINGS, policy(loosened))
      expect(await findings(made.root)).toContainEqual(
        `${LATE}. ${SETTINGS} allows "late" only since the feature started, and no human has approved that (redgreen approve).`,
      )
      expect(await humanApproves({ root: made.root })).toMatch(
        /New in the settings: redgreen verify also accepts .*late/,
      )
      expect((await findings(made.root)).filter(text => text.includes('late'))).toEqual([])
    },
  )

  it('may become stricter at any time, without a human', async () => {
    const made = recordedFeature(PLAN, { [SETTINGS]: policy(['human', 'late']) })
    const { call, close } = await connect(made.root)
    await call('next_task')
    await close()
    made.prove('T002', { red: { checkout: 'late' } })
    made.write(SETTINGS, policy(['human']))
    expect(await findings(made.root)).toContainEqual(
      `${LATE}. The policy (${SETTINGS}) does not allow "late".`,
    )
  })
})
