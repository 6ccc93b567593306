import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { appendEvents } from '../../../src/store/append-events.ts'
import { startSteps, type Steps } from '../../kit/steps.ts'
import { openProject } from '../../kit/store.ts'

const TEST = 'test/stack.test.js'
const CODE = 'src/stack.js'
const OLD = 'test/old.test.js'
const TASKS = `## Core\n- [ ] T001 Write the size in ${CODE}\n`
const WORKING = `export const size = () => 0\nexport const label = () => 'a'\n`
const FILES = {
  '.gitignore': 'node_modules\n',
  [CODE]: `export const size = () => undefined\nexport const label = () => 'a'\n`,
  [OLD]: testOf('label()', `'a'`),
  'test/other.test.js': `import { test } from 'vitest'\ntest('other', () => {})\n`,
}

function testOf(call: string, value: string): string {
  return `import { expect, test } from 'vitest'\nimport { label, size } from '../src/stack.js'\nvoid [label, size]\ntest(${JSON.stringify(call)}, () => expect(${call}).toBe(${value}))\n`
}

/** A task whose tests pass, and whose code breaks an older test. The last full suite took some time. */
async function breakOldTest(durationMs: number, script = 'vitest run'): Promise<Steps> {
  const manifest = JSON.stringify({ type: 'module', scripts: { test: script } })
  const steps = await startSteps(TASKS, { ...FILES, 'package.json': manifest })
  const { project } = steps
  symlinkSync(path.resolve('node_modules'), path.join(project.root, 'node_modules'))
  const counts = { passed: 2, failed: 0, skipped: 0, errored: 0 }
  const run = {
    id: '1',
    command: ['node'],
    cwd: '',
    exitCode: 0,
    durationMs,
    framework: 'vitest',
    output: '',
    outputSha256: '',
  }
  const nothing = { failing: [], turnedGreen: [], passedFiles: [] }
  const seen = { task: 'T000', settings: 'none', tree: '' }
  const suite = { kind: 'suite' as const, ...seen, ran: 'full' as const, run, counts, ...nothing }
  appendEvents(openProject(project).state, '001-stack', [suite], { by: 'test' })
  project.write(TEST, testOf('size()', '0'))
  expect((await steps.red([TEST])).code).toBeUndefined()
  project.write(CODE, WORKING.replace(`'a'`, `'b'`))
  expect((await steps.green()).code).toBeUndefined()
  return steps
}

it('before a suite that takes long, the tests of what the task changed run, and refuse it alone', async () => {
  const steps = await breakOldTest(120_000)
  const refused = await steps.mark()
  expect(refused.code).toBe('suite_fails')
  expect(refused.text).toContain(
    `1 failure in the tests that load what T001 changed: "${OLD} > label()"`,
  )
  expect(refused.text).toContain('The full suite was not run, because it takes 120 s.')
  expect(await steps.lastEvent('suite')).toMatchObject({
    ran: 'related',
    counts: { passed: 1, failed: 1 },
    failing: [`${OLD} > label()`],
  })
  steps.project.write(CODE, WORKING)
  expect((await steps.mark()).code).toBeUndefined()
  expect(await steps.lastEvent('suite')).toMatchObject({
    ran: 'full',
    counts: { passed: 3, failed: 0 },
  })
})

it('a test that failed in them cannot be dropped without a human', async () => {
  const steps = await breakOldTest(120_000)
  expect((await steps.mark()).code).toBe('suite_fails')
  steps.project.remove(OLD)
  const dropped = await steps.mark()
  expect(dropped.code).toBe('suite_fails')
  expect(dropped.text).toContain('no longer runs')
})

it.each([
  ['a suite that takes a short time', 10_000, 'vitest run'],
  ['a suite that the script limits to a folder', 120_000, 'vitest run test'],
  ['a suite whose script leaves files out', 120_000, 'vitest run --exclude none.test.js'],
])('%s runs at once', async (_name, durationMs, script) => {
  const steps = await breakOldTest(durationMs, script)
  expect((await steps.mark()).code).toBe('suite_fails')
  expect(await steps.lastEvent('suite')).toMatchObject({ ran: 'full', counts: { failed: 1 } })
})
