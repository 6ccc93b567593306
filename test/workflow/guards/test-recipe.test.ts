import { expect, it } from 'vitest'
import { ONE_TASK, SIZE, SIZE_IS_ZERO, SIZE_TEST, SOURCE, STUB } from '../../honest/stack.ts'
import { honestWork } from '../../honest/work.ts'

it.each<[how: string, recipe: { Makefile?: string }]>([
  ['changed', { Makefile: 'test:\n\tMODE=a npm test\n' }],
  ['were added', {}],
])('refuses a GREEN after the variables of the test recipe %s', async (_how, recipe) => {
  const work = honestWork(ONE_TASK, { [SOURCE]: STUB, ...recipe })
  await work.start('T001')
  work.write(SIZE_TEST, SIZE_IS_ZERO)
  await work.red('T001', SIZE_TEST)
  work.write(SOURCE, SIZE)
  work.write('Makefile', 'test:\n\tMODE=b npm test\n')
  const refusal = await work.refused('record_green', { task: 'T001' })
  expect(refusal.text).toContain('Makefile#test was changed')
  work.write('Makefile', `lint:\n\teslint\n\n${recipe.Makefile ?? ''}`)
  await work.green('T001')
})

it('refuses a GREEN after a file changed that the test script loads before the tests', async () => {
  const scripts = { test: 'node --import ./tools/setup.mjs --test' }
  const manifest = JSON.stringify({ name: 'stack', type: 'module', scripts })
  const more = { [SOURCE]: STUB, 'package.json': manifest, 'tools/setup.mjs': '' }
  const work = honestWork(ONE_TASK, more)
  await work.start('T001')
  work.write(SIZE_TEST, SIZE_IS_ZERO)
  await work.red('T001', SIZE_TEST)
  work.write(SOURCE, SIZE)
  work.write('tools/setup.mjs', 'globalThis.size = 0\n')
  const refusal = await work.refused('record_green', { task: 'T001' })
  expect(refusal.text).toContain('tools/setup.mjs was changed')
  work.write('tools/setup.mjs', '')
  await work.green('T001')
})
