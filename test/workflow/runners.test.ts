import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOnPath } from '../../src/runner/program.ts'
import { connect, type Answer } from '../kit/assistant.ts'
import { nodeTest, stackProject, type Project } from '../kit/project.ts'

const TASKS = `## Core
- [ ] T001 Write the size in src/stack.js
- [ ] T002 Write the sums in api/sums.py
`

const SUMS = `import unittest
from api import sums

class Sums(unittest.TestCase):
    def test_adds(self):
        self.assertEqual(sums.add(1, 1), 2)
`

/** Works on a task from its start to its mark. */
async function finish(
  project: Project,
  call: (tool: string, input?: Record<string, unknown>) => Promise<Answer>,
  task: string,
  [test, source]: [string, string],
  [text, stub, code]: [string, string, string],
): Promise<Answer[]> {
  await call('next_task', { task })
  project.write(source, stub)
  project.write(test, text)
  const red = await call('record_red', { task, tests: [test] })
  project.write(source, code)
  return [red, await call('record_green', { task }), await call('mark_complete', { task })]
}

describe.skipIf(!isOnPath('python3'))('a project in two languages', () => {
  it('is finished task by task, and its suite runs the tests of both', async () => {
    const project = stackProject(TASKS, { 'api/__init__.py': '' })
    const { call } = await connect(project.root)
    const size = nodeTest('size', 'assert.equal(new Stack().size, 0)')
    const first = await finish(
      project,
      call,
      'T001',
      ['tests/size.test.js', 'src/stack.js'],
      [size, 'export class Stack {}\n', 'export class Stack {\n  size = 0\n}\n'],
    )
    expect(first.map(answer => answer.code)).toEqual([undefined, undefined, undefined])
    const second = await finish(
      project,
      call,
      'T002',
      ['api/tests/test_sums.py', 'api/sums.py'],
      [SUMS, 'def add(a, b):\n    return 0\n', 'def add(a, b):\n    return a + b\n'],
    )
    expect(second.map(answer => answer.text)).toEqual([
      expect.stringContaining('T002 is red'),
      expect.stringContaining('T002 is green'),
      expect.stringContaining('T002'),
    ])
    expect(second[2]?.data).toMatchObject({
      suite: { ran: 'full', counts: { passed: 2, failed: 0 } },
    })
  })
})

describe('a test command of the settings without a report', () => {
  it('is named in every answer and flagged in every event, because only its exit code counts', async () => {
    const command = { file: ['node', '{files}'], all: ['node', '--version'], report: 'exit-code' }
    const project = stackProject('## Core\n- [ ] T001 Write the size in src/stack.js\n', {
      'redgreen.config.json': JSON.stringify({ commands: { tests: command } }),
    })
    const { call } = await connect(project.root)
    const [red, green, done] = await finish(
      project,
      call,
      'T001',
      ['tests/size.test.js', 'src/stack.js'],
      [
        `import { Stack } from '../src/stack.js'\nif (new Stack().size !== 0) process.exit(1)\n`,
        'export class Stack {}\n',
        'export class Stack {\n  size = 0\n}\n',
      ],
    )
    for (const answer of [red, green]) {
      expect(answer?.data).toMatchObject({ exitCodeOnly: true })
      expect(answer?.text).toContain('The result is the exit code alone')
    }
    expect([done?.code, done?.data]).toMatchObject([undefined, { suite: { ran: 'full' } }])
    const runs = eventsOf(project).filter(event => event.includes('"run":'))
    expect(runs).toHaveLength(3)
    expect(runs.filter(event => !event.includes('"exitCodeOnly":true'))).toEqual([])
  })
})

function eventsOf(project: Project): string[] {
  const [feature = ''] = readdirSync(path.join(project.root, '.redgreen/ledger'))
  const folder = `.redgreen/ledger/${feature}`
  return readdirSync(path.join(project.root, folder)).flatMap(file =>
    project.read(`${folder}/${file}`).trim().split('\n'),
  )
}
