import { describe, expect, it } from 'vitest'
import { startSteps, type Steps } from '../../kit/steps.ts'

const TEST = 'tests/size.test.js'
const SIZE = 'export function size(list) {\n  return list.length\n}\n'
const LIMIT = 'export const limit = 3\n'
const MANIFEST = { name: 'stack', type: 'module', scripts: { test: 'node --test' } }
const WITH_BIN = JSON.stringify({ ...MANIFEST, bin: { stack: './src/stack.js' } })

/** A test that imports nothing of the project. */
const reading = (body: string) =>
  [
    "import test from 'node:test'",
    "import assert from 'node:assert/strict'",
    "import { existsSync, readFileSync } from 'node:fs'",
    `test('size', () => {\n  ${body}\n})`,
    'void existsSync\nvoid readFileSync\n',
  ].join('\n')

const READS_MANIFEST = reading(
  "assert.equal(JSON.parse(readFileSync('package.json', 'utf8')).bin?.stack, './src/stack.js')",
)

const WRITES = `import { writeFileSync } from 'node:fs'
export function write(list) {
  writeFileSync('public/size.html', '<p>' + list.length + '</p>')
}
`

/** At GREEN of the first task of a plan. */
async function atGreen(task: string, test: string, files: Record<string, string>): Promise<Steps> {
  const steps = await startSteps(`- [ ] T001 ${task}\n`, { 'src/stack.js': LIMIT })
  steps.project.write(TEST, test)
  expect(await steps.red([TEST])).toMatchObject({ code: undefined })
  for (const [file, text] of Object.entries(files)) steps.project.write(file, text)
  expect(await steps.green()).toMatchObject({ code: undefined })
  return steps
}

describe('tests that only read files', () => {
  it('are refused if the code is new and they read a manifest that changed with it', async () => {
    const files = { 'src/stack.js': SIZE, 'package.json': WITH_BIN }
    const steps = await atGreen('size in src/stack.js', READS_MANIFEST, files)
    expect(await steps.mark()).toMatchObject({
      code: 'weak_tests',
      text: expect.stringContaining(
        'They only read files and run no code, so not that of src/stack.js either.',
      ),
    })
    expect(await steps.lastEvent('mutation')).toMatchObject({ unrun: ['src/stack.js'] })
    steps.project.write(
      TEST,
      READS_MANIFEST.replace('import test', "import { size } from '../src/stack.js'\nimport test") +
        "test('counts', () => assert.equal(size([1, 2]), 2))\n",
    )
    expect(await steps.mark()).toMatchObject({ code: undefined })
  })

  it('are refused if the code that the task is about did not change at all', async () => {
    const files = { 'package.json': WITH_BIN }
    const steps = await atGreen('size in src/stack.js', READS_MANIFEST, files)
    expect(await steps.mark()).toMatchObject({ code: 'weak_tests' })
  })

  it.each([
    ['the task asks for the manifest', 'Add the bin of src/stack.js to package.json', SIZE],
    ['the task asks for it by its name', 'Name src/stack.js in the package as a command', SIZE],
    ['no code changed, and the work need not be in it', 'Register src/stack.js as a command', ''],
    ['the task names no code', 'Register the command', ''],
  ])('are accepted if %s', async (_, task, code) => {
    const files = { 'package.json': WITH_BIN, ...(code !== '' && { 'src/stack.js': code }) }
    const steps = await atGreen(task, READS_MANIFEST, files)
    expect(await steps.mark()).toMatchObject({ code: undefined })
  })

  it('are accepted if they read what a program of the task wrote', async () => {
    const steps = await atGreen(
      'size in src/stack.js',
      reading("assert.ok(existsSync('public/size.html'))"),
      { 'src/stack.js': WRITES, 'public/size.html': '<p>1</p>\n' },
    )
    expect(await steps.mark()).toMatchObject({ code: undefined })
    expect(await steps.lastEvent('mutation')).toMatchObject({ verdict: 'not-checked' })
  })
})
