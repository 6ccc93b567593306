import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { FIRST, importing, ONE_TASK, SIZE, SIZE_IS_ZERO, SIZE_TEST } from '../../honest/stack.ts'
import { PUSH_TEST, SOURCE, STUB, TWO_TASKS } from '../../honest/stack.ts'
import { COMPLETE, honestWork, type HonestWork } from '../../honest/work.ts'
import { connect } from '../../kit/assistant.ts'
import { runCommand } from '../../kit/program.ts'
import { makeProject, nodeTest } from '../../kit/project.ts'

/** Under the same name, it asks for nothing. */
const GUTTED = nodeTest('size', "assert.equal(typeof Stack, 'function')")
const STARTS_AT_ONE = SIZE_IS_ZERO.replace('size, 0', 'size, 1')
const SIZE_ONE = SIZE.replace('size = 0', 'size = 1')

const BROKEN = `T001 was proven by "${SIZE_TEST} > size", which fails on the current code`
const DIFFERS = `Tests changed after they proved their tasks: ${SIZE_TEST} (T001`

/** T001 is done and committed. */
async function committed(plan = ONE_TASK, files = {}): Promise<HonestWork> {
  const work = honestWork(plan, { [SOURCE]: STUB, ...files })
  await work.build('T001', ...FIRST)
  work.commit('T001')
  return work
}

/** What the real command says. */
function verified(work: HonestWork, ...args: string[]) {
  const { status, stdout } = runCommand(work, ['verify', '--json', ...args])
  const { findings, notes } = JSON.parse(stdout)
  const texts: string[] = findings.map(({ text }: { text: string }) => text)
  return { status, findings: texts, notes: notes.join('\n') }
}

/** The same, with whether a note names a changed test. */
function result(work: HonestWork, ...args: string[]) {
  const { status, findings, notes } = verified(work, ...args)
  return { status, findings, isNoted: notes.includes('changed') }
}

const ACCEPTED = { status: 0, findings: [], isNoted: false }

describe('code and test that are emptied in a later commit', () => {
  it.each([
    ['asks for less', GUTTED],
    ['is skipped', SIZE_IS_ZERO.replace('test(', 'test.skip(')],
    ['has another name', GUTTED.replace("'size'", "'stack'")],
    ['expects the opposite', SIZE_IS_ZERO.replace('size, 0', 'size, undefined')],
  ])('are a finding of a replay if the test %s, and a note without one', async (_how, test) => {
    const work = await committed()
    work.write(SOURCE, STUB)
    work.write(SIZE_TEST, test)
    work.commit('less')
    const plain = verified(work)
    expect(plain).toMatchObject({ status: 0, notes: expect.stringContaining(DIFFERS) })
    const replayed = verified(work, '--replay')
    expect(replayed.status).toBe(1)
    expect(replayed.findings).toContainEqual(expect.stringContaining(BROKEN))
  })

  it('are a finding of a replay also if the test only got an early return', async () => {
    const work = await committed()
    work.write(SOURCE, STUB)
    work.write(SIZE_TEST, SIZE_IS_ZERO.replace('  assert', '  return\n  assert'))
    work.commit('less')
    expect(verified(work, '--replay').findings).toEqual([expect.stringContaining(BROKEN)])
  })

  it('are a note and weaker evidence if both are deleted', async () => {
    const work = await committed()
    work.git('rm', '-q', SIZE_TEST, SOURCE)
    work.commit('less')
    expect(verified(work).notes).toContain(`${DIFFERS}, removed)`)
    const replayed = verified(work, '--replay')
    expect(replayed).toMatchObject({
      status: 0,
      notes: expect.stringContaining('does not run to its expectation on the current code'),
    })
    expect(verified(work, '--replay', '--allow', 'assertion').findings).toEqual([
      expect.stringContaining('does not allow "superseded"'),
    ])
  })

  it('are a finding also if the next task is proven by another test', async () => {
    const work = await committed(TWO_TASKS)
    await work.build(
      'T002',
      [PUSH_TEST, nodeTest('push', 'assert.equal(new Stack().push(), 1)')],
      [SOURCE, 'export class Stack {\n  size = 0\n  push() { return 1 }\n}\n'],
    )
    work.write(SOURCE, 'export class Stack {\n  push() { return 1 }\n}\n')
    work.write(SIZE_TEST, GUTTED)
    work.commit('less')
    expect(verified(work, '--replay').findings).toEqual([expect.stringContaining(BROKEN)])
  })
})

describe('a changed test is accepted', () => {
  it('if a later task has seen it fail first', async () => {
    const work = await committed('- [ ] T001 size in src/stack.js\n- [ ] T002 size starts at 1\n')
    await work.build('T002', [SIZE_TEST, STARTS_AT_ONE], [SOURCE, SIZE_ONE])
    work.commit('T002')
    expect(result(work)).toEqual(ACCEPTED)
    expect(result(work, '--replay')).toEqual(ACCEPTED)
    // The test of the later task is held in the same way.
    work.write(SOURCE, STUB)
    work.write(SIZE_TEST, GUTTED)
    work.commit('less')
    expect(verified(work, '--replay').findings).toEqual([
      expect.stringContaining(BROKEN.replace('T001', 'T002')),
    ])
  })

  it('if it was formatted, and the code still passes its earlier version', async () => {
    const work = await committed()
    work.write(
      SIZE_TEST,
      SIZE_IS_ZERO.replace('new Stack().size, 0', '\n    new Stack().size,\n    0,\n  '),
    )
    work.commit('format')
    // Formatting is not a change of the test, so there is no note.
    expect(verified(work)).toMatchObject({ status: 0, findings: [], notes: '' })
    expect(result(work, '--replay')).toEqual(ACCEPTED)
  })

  it('if its file was renamed', async () => {
    const work = await committed()
    work.git('mv', SIZE_TEST, 'tests/length.test.js')
    work.commit('rename')
    expect(result(work)).toEqual(ACCEPTED)
    expect(result(work, '--replay')).toEqual(ACCEPTED)
  })

  it('if another feature has seen it fail first, after this one was validated', async () => {
    const other = 'specs/002-more'
    const work = await committed()
    expect(await work.end()).toEqual(COMPLETE)
    work.write(`${other}/spec.md`, '# More\n')
    work.write(`${other}/plan.md`, '# More\n')
    work.write(`${other}/tasks.md`, '## Core\n- [ ] T001 size starts at 1\n')
    work.commit('validated')
    const feature = '002-more'
    const { call, close } = await connect(work.root)
    await call('next_task', { feature })
    work.write(SIZE_TEST, STARTS_AT_ONE)
    await call('record_red', { task: 'T001', tests: [SIZE_TEST], feature })
    work.write(SOURCE, SIZE_ONE)
    await call('record_green', { task: 'T001', feature })
    const done = await call('mark_complete', { task: 'T001', refactor: 'none needed', feature })
    expect(done.data).toMatchObject({ stage: 'done' })
    await close()
    work.commit('more')
    const plain = verified(work)
    expect(plain).toMatchObject({ status: 0, findings: [] })
    expect(plain.notes).not.toContain('Tests changed after')
    expect(verified(work, '--replay')).toMatchObject({ status: 0, findings: [] })
    // The other feature holds the test now.
    work.write(SOURCE, STUB)
    work.write(SIZE_TEST, GUTTED)
    work.commit('less')
    expect(verified(work, '--replay').findings).toEqual([expect.stringContaining(BROKEN)])
  })

  it('if a human confirmed the change, but not a later one', async () => {
    const work = await committed()
    work.write(SOURCE, SIZE_ONE)
    work.write(SIZE_TEST, STARTS_AT_ONE)
    work.commit('start at one')
    expect(verified(work, '--replay').findings).toEqual([expect.stringContaining(BROKEN)])
    await work.approves()
    expect(verified(work, '--replay')).toMatchObject({ status: 0, findings: [] })
    expect(verified(work).notes).not.toContain('Tests changed after')
    work.write(SIZE_TEST, GUTTED)
    expect(verified(work, '--replay').findings).toEqual([expect.stringContaining(BROKEN)])
  })

  it.each([
    [
      'opened its task again and waived it',
      (work: HonestWork) => work.reopens('T001').then(() => work.waives('T001')),
    ],
    ['opened its task again', (work: HonestWork) => work.reopens('T001')],
    ['retired the test', (work: HonestWork) => work.retires('size')],
  ])('if a human %s', async (_what, decide) => {
    const work = await committed()
    work.write(SOURCE, SIZE_ONE)
    work.write(SIZE_TEST, STARTS_AT_ONE)
    work.commit('start at one')
    await decide(work)
    expect(verified(work, '--replay').findings.join()).not.toContain(BROKEN)
  })
})

describe('an earlier version that cannot be judged', () => {
  it('is no finding if its GREEN cannot be replayed here either', async () => {
    const work = honestWork(ONE_TASK, { '.gitignore': 'dist\n', [SOURCE]: STUB })
    work.write('dist/zero.js', 'export const zero = 0\n')
    const test = importing('zero', '../dist/zero.js', SIZE_IS_ZERO.replace('size, 0', 'size, zero'))
    await work.build('T001', [SIZE_TEST, test], FIRST[1])
    work.remove('dist')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    work.commit('without the build')
    const { findings, notes } = verified(work, '--replay')
    expect(findings).toEqual([])
    expect(notes).toContain('T001: its green cannot be replayed here')
    expect(notes).not.toContain('on the current code')
  })

  it('is a note if the current code ends the process', async () => {
    const work = await committed()
    work.write(SOURCE, `${STUB}setTimeout(() => { throw new Error('late') })\n`)
    work.write(SIZE_TEST, "import test from 'node:test'\ntest('size', () => {})\n")
    work.commit('less')
    expect(verified(work, '--replay').notes).toMatch(/T001: .* on the current code/)
  })

  it('is no finding if it fails only once', async () => {
    const work = await committed()
    const count = path.join(makeProject({ count: '' }, { git: false }).root, 'count')
    const flips = `const runs = readFileSync(count, 'utf8').length\n    appendFileSync(count, 'x')`
    work.write(
      SOURCE,
      `import { appendFileSync, readFileSync } from 'node:fs'\nconst count = ${JSON.stringify(count)}\nexport class Stack {\n  get size() {\n    ${flips}\n    return runs === 0 ? 1 : 0\n  }\n}\n`,
    )
    work.write(SIZE_TEST, GUTTED)
    work.commit('less')
    expect(verified(work, '--replay').findings).toEqual([])
  })
})
