import { describe, expect, it } from 'vitest'
import { connect, type Assistant } from '../kit/assistant.ts'
import { runCommand } from '../kit/program.ts'
import { stackProject, type Project } from '../kit/project.ts'

const SOURCE = { 'src/stack.js': 'export class Stack {}\n' }

async function started(
  task: string,
  more: Record<string, string> = {},
): Promise<{ project: Project; call: Assistant['call'] }> {
  const project = stackProject(`## Phase 1: Core\n- [ ] T001 ${task}\n`, { ...SOURCE, ...more })
  const { call } = await connect(project.root)
  await call('next_task')
  return { project, call }
}

type Call = Assistant['call']
const green = (call: Call, more: object = {}) => call('record_green', { task: 'T001', ...more })
const mark = (call: Call) => call('mark_complete', { task: 'T001' })

describe('a check task that names a file', () => {
  const README = { 'README.md': 'A stack.\n', 'docs/old.md': 'Old.\n' }

  it('is refused if the file did not change', async () => {
    const { project, call } = await started('Update README.md with the new API', README)
    expect(await green(call)).toMatchObject({ code: 'nothing_changed' })
    project.write('README.md', 'A stack with a size.\n')
    expect((await green(call)).data).toMatchObject({ stage: 'green' })
  })

  it('is refused if the change is reverted after its GREEN', async () => {
    const { project, call } = await started('Update README.md with the new API', README)
    project.write('README.md', 'A stack with a size.\n')
    await green(call)
    project.write('README.md', 'A stack.\n')
    expect(await mark(call)).toMatchObject({ code: 'nothing_changed' })
  })

  it('is refused if the file that it removes is still there', async () => {
    const { project, call } = await started('Remove the deprecated docs/old.md', README)
    project.write('docs/old.md', 'Deprecated.\n')
    expect(await green(call)).toMatchObject({
      code: 'nothing_changed',
      text: expect.stringContaining('still there'),
    })
    project.remove('docs/old.md')
    expect((await green(call)).data).toMatchObject({ stage: 'green' })
    expect((await mark(call)).data).toMatchObject({ stage: 'done' })
    expect(runCommand(project, ['verify', '--replay'])).toMatchObject({ status: 0 })
  })

  it('may create the file', async () => {
    const { project, call } = await started('Write CHANGELOG.md', README)
    expect(await green(call)).toMatchObject({ code: 'file_missing' })
    project.write('CHANGELOG.md', '# 1.0\n')
    expect((await green(call)).data).toMatchObject({ stage: 'green' })
  })

  it('may remove a part of the file', async () => {
    const { project, call } = await started('Remove the badge from README.md', README)
    project.write('README.md', 'No badge.\n')
    expect((await green(call)).data).toMatchObject({ stage: 'green' })
  })

  it('may name other files that it only refers to', async () => {
    const { project, call } = await started('Update README.md as docs/old.md says', README)
    project.write('README.md', 'A stack with a size.\n')
    expect((await green(call)).data).toMatchObject({ stage: 'green' })
  })

  it('may find the file as it is needed if the plan says so', async () => {
    const { call } = await started('Create README.md if it does not exist', README)
    expect((await green(call)).data).toMatchObject({ stage: 'green' })
  })

  it('may create an empty file, which replay accepts too', async () => {
    const { project, call } = await started('Create docs/empty.md', README)
    project.write('docs/empty.md', '')
    expect((await green(call)).data).toMatchObject({ stage: 'green' })
    expect((await mark(call)).data).toMatchObject({ stage: 'done' })
    expect(runCommand(project, ['verify', '--replay'])).toMatchObject({ status: 0 })
  })
})
