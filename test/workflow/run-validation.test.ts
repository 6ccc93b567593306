import { describe, expect, it } from 'vitest'
import { startTask } from '../kit/assistant.ts'

describe('the validation', () => {
  it('does not start before every task is done, and fails on types and lint', async () => {
    const { project, call } = await startTask('## Setup\n- [ ] T001 Create notes.txt\n')
    expect(await call('run_validation')).toMatchObject({ code: 'not_ready' })
    project.write('notes.txt', 'x')
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    project.write('tests/a.test.js', "import test from 'node:test'\ntest('a', () => {})\n")
    // On the sources from before the feature they find nothing.
    const finds =
      "if (require('fs').existsSync('notes.txt')) { console.log('src/a.ts:1 bad type'); process.exit(2) }"
    const fails = [process.execPath, '-e', finds]
    project.write(
      'redgreen.config.json',
      JSON.stringify({ commands: { types: fails, lint: fails } }),
    )
    const failed = await call('run_validation')
    expect(failed.data).toMatchObject({
      passed: false,
      gates: [
        { name: 'tests', passed: true },
        { name: 'types', passed: false, output: expect.stringContaining('bad type') },
        { name: 'lint', passed: false },
      ],
    })
    expect(failed.text).toContain('✗ types: exit code 2')
    const passes = [process.execPath, '-e', 'process.exit(0)']
    project.write(
      'redgreen.config.json',
      JSON.stringify({ commands: { types: passes, lint: passes } }),
    )
    expect((await call('run_validation')).data).toMatchObject({ passed: true, attempt: 2 })
  })
})
