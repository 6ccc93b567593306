import { expect, it } from 'vitest'
import { nodeTest } from '../../kit/project.ts'
import { startSteps } from '../../kit/steps.ts'

const TEST = 'tests/size.test.js'
const GOLDEN = 'tests/golden.json'
const COMPARES = `import { readFileSync } from 'node:fs'\n${nodeTest(
  'size',
  `assert.equal(String(new Stack().size()), readFileSync('${GOLDEN}', 'utf8'))`,
)}`
const NOTE = `${GOLDEN} changed after the RED, and only tests read that.`

/** What the answer to the GREEN says. */
async function greenWith(when: 'before' | 'after'): Promise<string> {
  const steps = await startSteps('- [ ] T001 size in src/stack.js\n', {
    'src/stack.js': 'export class Stack {}\n',
  })
  steps.project.write(TEST, COMPARES)
  if (when === 'before') steps.project.write(GOLDEN, '3')
  expect(await steps.red([TEST])).toMatchObject({ code: undefined })
  if (when === 'after') steps.project.write(GOLDEN, '3')
  steps.project.write('src/stack.js', 'export class Stack {\n  size() {\n    return 3\n  }\n}\n')
  const { code, text } = await steps.green()
  expect(code).toBeUndefined()
  return text
}

it('names expected values that were written with the code', async () => {
  expect(await greenWith('after')).toContain(NOTE)
})

it('says nothing of expected values that were there at the RED', async () => {
  expect(await greenWith('before')).not.toContain(NOTE)
})
