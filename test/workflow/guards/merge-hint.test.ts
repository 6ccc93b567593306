import { expect, it } from 'vitest'
import { mergeHint } from '../../../src/workflow/guards/require-stage.ts'

const hintFor = (branch: string) =>
  mergeHint({ name: 'finished elsewhere', since: '', idleSeconds: 0, finished: { branch } }, 'T001')

it('names a branch of another clone in a command only if a shell takes it for one word', () => {
  expect(hintFor('team/agent-2')).toContain('`git fetch origin team/agent-2`')
  for (const branch of ['', 'x;touch$IFS/y', '-f', '$(id)', 'a`id`', "a'b", 'a&b']) {
    expect(hintFor(branch)).toContain('fetch and merge the branch that has it')
    expect(hintFor(branch)).not.toContain('git fetch')
  }
})
