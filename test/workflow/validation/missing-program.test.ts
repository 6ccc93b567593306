import { expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { nodeTest, stackProject } from '../../kit/project.ts'
import { runCommand } from '../../kit/program.ts'

it('a program that is not there costs no attempt, and the answer names PATH', async () => {
  const validation = { start: { command: 'no-such-program serve' } }
  const project = stackProject('## Phase 1: Core\n- [ ] T001 size in src/stack.js\n', {
    'redgreen.config.json': JSON.stringify({ validation }),
    'src/stack.js': 'export class Stack {}\n',
  })
  const { call } = await connect(project.root)
  await call('next_task')
  project.write('tests/size.test.js', nodeTest('size', 'assert.equal(new Stack().size, 0)'))
  await call('record_red', { task: 'T001', tests: ['tests/size.test.js'] })
  project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  await call('record_green', { task: 'T001' })
  expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })
  const answer = await call('run_validation')
  expect(answer).toMatchObject({ code: 'no_command' })
  expect(answer.text).toContain('The program no-such-program was not found.')
  expect(answer.text).toContain(`PATH: ${process.env['PATH']}`)
  const { stdout } = runCommand(project, ['status', '--json'])
  expect(JSON.parse(stdout)).not.toHaveProperty('validation.passed')
  expect((await call('read_document', { document: 'raw-evidence' })).text).not.toContain(
    '"validation"',
  )
})
