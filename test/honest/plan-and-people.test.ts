import { describe, expect, it } from 'vitest'
import { nodeTest, TASKS } from '../kit/project.ts'
import { openServer } from '../kit/server.ts'
import {
  FIRST,
  ONE_TASK,
  PUSH,
  PUSH_COUNTS,
  SECOND,
  SIZE,
  SIZE_IS_ZERO,
  SIZE_TEST,
  SOURCE,
  STUB,
  TWO_TASKS,
} from './stack.ts'
import { COMPLETE, honestWork, type HonestWork } from './work.ts'
import { runsSlowTests } from '../kit/slow.ts'

const POP_TEST = 'tests/pop.test.js'
const POPS = PUSH_COUNTS.replace("'push'", "'pop'")
  .replace('s.push(1)', 's.push(1); s.pop()')
  .replace('.size, 1', '.size, 0')
const POP = PUSH.replace('  push', '  pop() {\n    this.size -= 1\n  }\n  push')

const FROM_ITEMS =
  'export class Stack {\n  constructor(items = []) {\n    this.size = items.length\n  }\n}\n'

function withPush(source: string): string {
  return source.replace(/}\n$/, '  push() {\n    this.size += 1\n  }\n}\n')
}

/** A feature whose first task is done. */
async function begun(plan = TWO_TASKS): Promise<HonestWork> {
  const work = honestWork(plan, { [SOURCE]: STUB })
  await work.build('T001', ...FIRST)
  return work
}

function editPlan(work: HonestWork, from: string, to: string): void {
  const plan = work.read(TASKS)
  if (!plan.includes(from)) throw new Error(`The plan lacks ${from}:\n${plan}`)
  work.write(TASKS, plan.replace(from, to))
}

describe('honest changes of the plan', () => {
  it('a human splits a task into two and approves', async () => {
    const work = await begun(`${ONE_TASK}- [ ] T002 push and pop in src/stack.js\n`)
    editPlan(work, 'T002 push and pop in', 'T002 push in')
    work.write(TASKS, `${work.read(TASKS)}- [ ] T003 pop in src/stack.js\n`)
    await work.approves()
    await work.build('T002', ...SECOND)
    await work.build('T003', [POP_TEST, POPS], [SOURCE, POP])
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('a human removes a task and approves', async () => {
    const work = await begun(`${TWO_TASKS}- [ ] T003 Print the stack in src/print.js\n`)
    editPlan(work, '- [ ] T003 Print the stack in src/print.js\n', '')
    await work.approves()
    await work.build('T002', ...SECOND)
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('a human numbers the tasks anew, approves, and waives what was proven under another id', async () => {
    const work = await begun()
    editPlan(work, 'T001', 'T010')
    editPlan(work, 'T002', 'T020')
    await work.approves()
    await work.build('T020', ...SECOND)
    expect(await work.refused('run_validation')).toMatchObject({
      code: 'not_ready',
      text: expect.stringContaining('T010'),
    })
    await work.waives('T010')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)(
    'a human adds a task in the middle, which needs no approval',
    async () => {
      const work = await begun()
      editPlan(
        work,
        '- [ ] T002',
        '- [ ] T003 size starts at the given items in src/stack.js\n- [ ] T002',
      )
      await work.build(
        'T003',
        ['tests/items.test.js', nodeTest('items', 'assert.equal(new Stack([1]).size, 1)')],
        [SOURCE, FROM_ITEMS],
      )
      await work.build('T002', SECOND[0], [SOURCE, withPush(FROM_ITEMS)])
      expect(await work.end()).toEqual(COMPLETE)
    },
  )

  it('a human corrects a typing error in a task that is done', async () => {
    const work = await begun(TWO_TASKS.replace('T001 size in', 'T001 Add teh size of the stack in'))
    editPlan(work, 'teh size', 'the size')
    await work.build('T002', ...SECOND)
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('a human corrects a typing error in a task in progress', async () => {
    const work = honestWork(
      TWO_TASKS.replace('T001 size in', 'T001 Add teh size of the stack in'),
      {
        [SOURCE]: STUB,
      },
    )
    await work.start('T001')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.red('T001', SIZE_TEST)
    editPlan(work, 'teh size', 'the size')
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    await work.build('T002', ...SECOND)
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('a human moves a task into a phase of its own with notes', async () => {
    const work = await begun()
    editPlan(work, '- [ ] T002', '\nThe second part.\n\n## Polish\n\n- [ ] T002')
    await work.build('T002', ...SECOND)
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('the plan has CRLF line ends', async () => {
    const work = await begun(
      '## Core\r\n- [ ] T001 size in src/stack.js\r\n- [ ] T002 push in src/stack.js\r\n',
    )
    await work.build('T002', ...SECOND)
    expect(await work.end()).toEqual(COMPLETE)
    expect(work.read(TASKS)).toBe(
      '## Core\r\n- [X] T001 size in src/stack.js\r\n- [X] T002 push in src/stack.js\r\n',
    )
  })

  it.skipIf(!runsSlowTests)('a formatter changes the layout of the plan', async () => {
    const work = await begun(
      `# Tasks: Stack\n## Core\n* [ ] T001 size in src/stack.js\n* [ ] T002 push in src/stack.js\n`,
    )
    work.write(
      TASKS,
      work
        .read(TASKS)
        .replaceAll('* [', '- [')
        .replaceAll('\n## ', '\n\n## ')
        .replaceAll('Core\n', 'Core\n\n'),
    )
    await work.build('T002', ...SECOND)
    expect(await work.end()).toEqual(COMPLETE)
  })
})

describe('honest decisions of a human', () => {
  it('a task is waived', async () => {
    const work = await begun()
    await work.waives('T002')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)(
    'a task in progress is waived, and the next one can start',
    async () => {
      const work = await begun(`${TWO_TASKS}- [ ] T003 Print the stack in src/print.js\n`)
      await work.start('T002')
      await work.waives('T002')
      await work.start('T003')
      await work.waives('T003')
      expect(await work.end()).toEqual(COMPLETE)
    },
  )

  it('a manual test is confirmed', async () => {
    const work = await begun(
      `## Core\n${ONE_TASK}\n## Polish\n- [ ] T002 Manually test the stack\n`,
    )
    expect(await work.refused('next_task')).toMatchObject({
      code: 'phase_needs_person',
      text: expect.stringContaining('redgreen mark-complete T002'),
    })
    await work.confirms('T002')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('a box is ticked by hand, and a human waives its proof', async () => {
    const work = await begun(
      `${ONE_TASK}- [ ] T002 Choose a colour\n- [ ] T003 push in src/stack.js\n`,
    )
    editPlan(work, '[ ] T002', '[X] T002')
    await work.build('T003', ...SECOND)
    await work.waives('T002')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)(
    'a box of a task that is done is ticked off by hand to do it again',
    async () => {
      const work = await begun()
      editPlan(work, '[X] T001', '[ ] T001')
      await work.start('T001')
      work.write(
        'tests/size-again.test.js',
        nodeTest('size of a full stack', 'assert.equal(new Stack([1]).size, 1)'),
      )
      await work.red('T001', 'tests/size-again.test.js')
      work.write(SOURCE, FROM_ITEMS)
      await work.green('T001')
      await work.done('T001')
      await work.build('T002', SECOND[0], [SOURCE, withPush(FROM_ITEMS)])
      expect(await work.end()).toEqual(COMPLETE)
    },
  )
})

describe('honest work of several', () => {
  it('two assistants work at two parallel tasks', async () => {
    const work = honestWork(
      '- [ ] T001 [P] size in src/stack.js\n- [ ] T002 [P] depth in src/depth.js\n',
      {
        [SOURCE]: STUB,
        'src/depth.js': 'export const depth = () => 0\n',
      },
    )
    const other = work.another('second assistant')
    await work.start('T001')
    await other.start('T002')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    work.write(
      'tests/depth.test.js',
      "import test from 'node:test'\nimport assert from 'node:assert/strict'\nimport { depth } from '../src/depth.js'\ntest('depth', () => assert.equal(depth(), 1))\n",
    )
    await work.red('T001', SIZE_TEST)
    await other.red('T002', 'tests/depth.test.js')
    work.write('src/depth.js', 'export const depth = () => 1\n')
    await other.green('T002')
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    await other.done('T002')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('a new server continues after RED where an earlier one was ended', async () => {
    const work = honestWork(ONE_TASK, { [SOURCE]: STUB })
    const server = await openServer(work.root)
    await server.call('next_task')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    const red = await server.call('record_red', { task: 'T001', tests: [SIZE_TEST] })
    expect(red.code).toBeUndefined()
    await server.close()
    await work.start('T001')
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })
})
