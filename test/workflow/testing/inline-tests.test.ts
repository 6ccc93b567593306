import { describe, expect, it } from 'vitest'
import { isOnPath } from '../../../src/runner/program.ts'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { connect } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { makeProject } from '../../kit/project.ts'

const LIB = 'src/lib.rs'
const inline = (name: string, body: string) =>
  `#[cfg(test)]\nmod tests {\n    use super::*;\n    #[test] fn ${name}() { ${body} }\n}\n`
const OLD = inline('size_is_none', 'assert_eq!(size(), 0);')

async function startTask(tasks: string, lib: string) {
  const project = makeProject({
    'Cargo.toml': '[package]\nname = "stack"\nversion = "0.1.0"\nedition = "2021"\n',
    '.gitignore': 'target\n',
    'specs/001-stack/spec.md': '# Stack\n',
    'specs/001-stack/plan.md': '# Plan\n',
    'specs/001-stack/tasks.md': tasks,
    [LIB]: lib,
  })
  const { call } = await connect(project.root)
  await call('next_task')
  return { project, call }
}

describe.skipIf(!isOnPath('cargo'))(
  'tests in the same file as their code',
  { timeout: 120_000 },
  () => {
    it('are not new if only their code was changed', async () => {
      const { project, call } = await startTask(
        '## Core\n- [ ] T001 Return the size\n',
        `pub fn size() -> i32 { 0 }\n${OLD}`,
      )
      project.write(LIB, `pub fn size() -> i32 { 1 }\n${OLD}`)
      expect(await call('record_red', { task: 'T001', tests: [LIB] })).toMatchObject({
        code: 'red_not_new',
      })
    })

    it('can be recorded retroactively in a new source file', async () => {
      const { project, call } = await startTask('## Core\n- [ ] T001 Push in src/push.rs\n', '')
      project.write(LIB, 'pub mod push;\n')
      const push = `pub fn push() -> i32 { 1 }\n${inline('push_adds', 'assert_eq!(push(), 1);')}`
      project.write('src/push.rs', push)
      const red = { task: 'T001', tests: ['src/push.rs'], late: true }
      expect((await call('record_red', red)).data).toMatchObject({ stage: 'red', checkout: 'late' })
      expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: undefined })
      expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })
      expect(await verify(callAt(project.root), { replay: () => undefined })).toMatchObject([
        { passed: true, late: 1, loadFailure: 0, replayed: 2 },
      ])
    })

    it('stay pending as the same tests when the code around them changes', async () => {
      const { project, call } = await startTask(
        '## Tests\n- [ ] T001 Unit tests for size in src/lib.rs\n\n## Core\n- [ ] T002 Return the size in src/lib.rs\n',
        'pub fn size() -> i32 { -1 }\n',
      )
      project.write(LIB, `pub fn size() -> i32 { -1 }\n${OLD}`)
      await call('record_red', { task: 'T001', tests: [LIB] })
      expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })
      await call('next_task')
      expect(await call('record_red', { task: 'T002', tests: [LIB] })).toMatchObject({
        code: undefined,
      })
      project.write(LIB, `pub fn size() -> i32 { 0 }\n${OLD}`)
      expect(await call('record_green', { task: 'T002' })).toMatchObject({ code: undefined })
      expect(await call('mark_complete', { task: 'T002' })).toMatchObject({ code: undefined })
      expect((await call('run_validation')).data).toMatchObject({ passed: true })
    })

    it('cannot be redirected to other code by a test-only declaration in another source', async () => {
      const push = (value: number) =>
        `pub fn push() -> i32 { ${value} }\n${inline('push_adds', 'assert_eq!(push(), 1);')}`
      const { project, call } = await startTask('## Core\n- [ ] T001 Push in src/push.rs\n', '')
      project.write(LIB, 'pub mod push;\n')
      project.write('src/push.rs', push(0))
      const red = { task: 'T001', tests: ['src/push.rs'] }
      expect(await call('record_red', red)).toMatchObject({ code: undefined })
      // Tests with the same names run on code that is not shipped.
      project.write('src/fake.rs', push(1))
      project.write(
        LIB,
        '#[cfg(test)]\n#[path = "fake.rs"]\npub mod push;\n#[cfg(not(test))]\npub mod push;\n',
      )
      expect((await call('record_green', { task: 'T001' })).code).toMatch(
        /^tests_(changed|missing)$/,
      )
    })
  },
)
