import { stack, STUB, SOURCE, TASKS } from './stack.ts'
import type { Files } from './project.ts'

/**
 * A project whose installed test runner is a stub. It reports one test in the way of Vitest, which passes if the stack has
 * a size. `exitCode` is a JavaScript expression that may use `failed`.
 */
export function withRunner(exitCode: string): Files {
  const manifest = { name: 'stack', type: 'module', devDependencies: { vitest: '4' } }
  return stack(TASKS, {
    'package.json': JSON.stringify(manifest),
    '.gitignore': 'node_modules/\n',
    'vitest.config.js': 'export default {}\n',
    'node_modules/vitest/package.json': '{"name":"vitest","version":"4.0.0","bin":"./vitest.mjs"}',
    'node_modules/vitest/vitest.mjs': RUNNER.replace('EXIT_CODE', exitCode),
    [SOURCE]: STUB,
  })
}

/** A test for the stub runner. */
export const STUB_TEST = "import { test } from 'vitest'\ntest('size', () => undefined)\n"

const RUNNER = `import { readFileSync } from 'node:fs'
const option = process.argv.filter(word => word.startsWith('--reporter=')).at(-1)
const { default: Reporter } = await import(option.slice('--reporter='.length))
const file = process.argv.at(-1)
const failed = !readFileSync('src/stack.js', 'utf8').includes('size')
const errors = failed ? [{ name: 'AssertionError', message: 'It has no size.' }] : []
const module = { id: file, moduleId: file, errors: () => [], children: { allTests: () => [test] } }
const test = {
  id: 'size',
  fullName: 'size',
  module,
  options: { mode: 'run' },
  result: () => ({ state: failed ? 'failed' : 'passed', errors }),
}
const reporter = new Reporter()
reporter.onInit({ version: '4.0.0' })
reporter.onTestModuleCollected(module)
reporter.onTestCaseReady(test)
reporter.onTestCaseResult(test)
reporter.onTestModuleEnd(module)
reporter.onTestRunEnd([module], [])
process.exitCode = EXIT_CODE
`
