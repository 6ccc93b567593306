import { expect, test } from 'vitest'
import { bun } from '../../../src/runner/frameworks/bun.ts'
import { projectWith, runIn } from '../project.ts'
import { nodeModulesWith } from '../scenarios/installed.ts'

test('a file without tests is not a crash of bun', async ({ skip }) => {
  const modules = nodeModulesWith('bun') ?? skip('bun is not installed')
  const root = projectWith({ 'a.test.ts': 'export const one = 1\n' }, modules)
  expect(await runIn(root, bun, ['a.test.ts'])).toMatchObject({
    end: 'complete',
    tests: [],
    loadErrors: [],
  })
})
