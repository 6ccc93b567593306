import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nextTask } from '../../src/workflow/next-task.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { recordRed } from '../../src/workflow/record-red.ts'
import { connect } from '../kit/assistant.ts'
import { callAt } from '../kit/call.ts'
import { nodeTest, stackProject, TASKS } from '../kit/project.ts'

const PLAN = '## Setup\n- [ ] T001 Create notes.txt\n- [ ] T002 Create more.txt\n'

describe('a crash between the event and its mark', () => {
  it('is repaired by the next call, but a mark that a human removed is not restored', async () => {
    const project = stackProject(PLAN)
    project.write('notes.txt', 'x')
    const { call } = await connect(project.root)
    await call('next_task')
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    const marked = project.read(TASKS)
    // A process that was killed in between leaves an unsettled commit, the unchanged file, and a draft beside it.
    const commits = path.join(project.root, '.redgreen/local/commits/001-stack')
    const settled = readdirSync(commits).filter(name => name.endsWith('.settled'))
    rmSync(path.join(commits, settled.toSorted(byNumber).at(-1) ?? ''))
    project.write('specs/001-stack/.tasks.md.0123456789ab.tmp', 'half')
    project.write(TASKS, PLAN)
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T002' } })
    expect(project.read(TASKS)).toBe(marked)
    expect(() => project.read('specs/001-stack/.tasks.md.0123456789ab.tmp')).toThrow('ENOENT')
    project.write(TASKS, PLAN)
    expect((await call('next_task', { task: 'T001' })).data).toMatchObject({
      task: { stage: 'todo' },
    })
    expect(project.read(TASKS)).toBe(PLAN)
  })
})

describe('two simultaneous calls for one task', () => {
  it('do not record a GREEN if another RED was recorded in between', async () => {
    const project = stackProject(...SIZED)
    // Without a server, only the ledger connects the two calls.
    const call = callAt(project.root)
    await nextTask(call, {})
    const waits =
      "import { existsSync } from 'node:fs'\nimport { setTimeout as pause } from 'node:timers/promises'\nimport test from 'node:test'\nimport assert from 'node:assert/strict'\nimport { Stack } from '../src/stack.js'\ntest('a', async () => {\n  assert.equal(new Stack().size, 0)\n  while (!existsSync('go')) await pause(20)\n})\n"
    project.write('tests/a.test.js', waits)
    project.write('tests/b.test.js', nodeTest('b', 'assert.equal(new Stack().depth, 1)'))
    await recordRed(call, { task: 'T001', tests: ['tests/a.test.js'] })
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    const green = recordGreen(call, { task: 'T001' }).catch((error: unknown) => error)
    const red = await recordRed(call, { task: 'T001', tests: ['tests/b.test.js'] })
    expect(red).toMatchObject({ stage: 'red' })
    project.write('go', '')
    expect(await green).toMatchObject({ code: 'conflict' })
    expect(await nextTask(call, {})).toMatchObject({ task: { stage: 'red' } })
  })

  it('do not record a RED again for a changed test if another RED was recorded in between', async () => {
    const project = stackProject(...SIZED)
    const call = callAt(project.root)
    await nextTask(call, {})
    const asks = nodeTest('a', 'assert.equal(new Stack().size, 0)')
    project.write('tests/a.test.js', asks)
    project.write('tests/b.test.js', nodeTest('b', 'assert.equal(new Stack().depth, 1)'))
    await recordRed(call, { task: 'T001', tests: ['tests/a.test.js'] })
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    const go = JSON.stringify(path.join(project.root, 'go'))
    const waits = `import { existsSync } from 'node:fs'\nwhile (!existsSync(${go})) await new Promise(resolve => setTimeout(resolve, 20))\n`
    project.write('tests/a.test.js', waits + asks)
    const green = recordGreen(call, { task: 'T001' }).catch((error: unknown) => error)
    const red = await recordRed(call, { task: 'T001', tests: ['tests/b.test.js'] })
    project.write('go', '')
    expect(await green).toMatchObject({ code: 'conflict' })
    const again = await recordRed(call, { task: 'T001', tests: ['tests/b.test.js'] })
    expect(again.evidence).toBe(red.evidence)
  })
})

const SIZED: Parameters<typeof stackProject> = [
  '## Core\n- [ ] T001 size in src/stack.js\n',
  { 'src/stack.js': 'export class Stack {}\n', '.gitignore': 'go\n' },
]

function byNumber(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10)
}
