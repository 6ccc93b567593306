import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node'
import type { ReportedFailure, ReportedTest, TestState } from './event.ts'
import { fieldOf, messageOf, openReport, type Put } from './writer.ts'

/** Tells what Vitest 3 to 5 runs, while it runs it. Loaded by Vitest's main process with `--reporter=<path>`. */
export default class VitestReporter implements Reporter {
  #put: Put = () => {}
  /** Tests that got as far as their set-up; of the others a hook took the chance. */
  #ready = new Set<string>()
  #told = new Set<string>()
  #ended = new Set<string>()

  onInit(vitest: { version: string }): void {
    this.#put = openReport()
    this.#put({ ev: 'run-start', runner: 'vitest', version: vitest.version })
  }

  onTestModuleCollected(module: TestModule): void {
    const tests = [...module.children.allTests()].map(known)
    this.#put({ ev: 'file', file: module.moduleId, tests })
  }

  onTestCaseReady(test: TestCase): void {
    this.#ready.add(test.id)
    this.#put({ ev: 'test-start', file: test.module.moduleId, ...known(test) })
  }

  onTestCaseResult(test: TestCase): void {
    const state = this.#stateOf(test)
    if (state === undefined) return
    this.#told.add(test.id)
    const failure = state === 'failed' ? failureOf(test.result().errors ?? []) : {}
    this.#put({ ev: 'test', file: test.module.moduleId, ...known(test), state, ...failure })
  }

  onTestSuiteResult(suite: TestSuite): void {
    for (const error of suite.errors())
      this.#put({ ev: 'hook-error', file: suite.module.moduleId, message: messageOf(error) })
  }

  onTestModuleEnd(module: TestModule): void {
    this.#ended.add(module.id)
    const tests = [...module.children.allTests()]
    // A forbidden `.only` is failed without ever having been run, and without a word.
    for (const test of tests.filter(test => !this.#told.has(test.id))) this.onTestCaseResult(test)
    const file = module.moduleId
    const messages = module.errors().map(messageOf)
    if (tests.length > 0)
      for (const message of messages) this.#put({ ev: 'hook-error', file, message })
    this.#put({
      ev: 'file-end',
      file,
      errors: tests.length > 0 ? [] : messages.filter(isNoAbsence),
    })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    // Vitest 3 says nothing of the end of a file that could not be collected.
    for (const module of modules) if (!this.#ended.has(module.id)) this.onTestModuleEnd(module)
    this.#put({ ev: 'run-end', unhandled: unhandled.map(messageOf) })
  }

  #stateOf(test: TestCase): TestState | undefined {
    const { state } = test.result()
    if (state === 'pending') return undefined
    if (state !== 'skipped') return state
    if (test.options.mode === 'todo') return 'todo'
    return test.options.mode === 'run' && !this.#ready.has(test.id) ? 'unready' : 'skipped'
  }
}

function known(test: TestCase): ReportedTest {
  return { key: test.id, name: test.fullName }
}

/** A file without tests is an absence and no error; who asked for tests will miss them. */
function isNoAbsence(message: string): boolean {
  return !/^No test (suite )?found in /.test(message)
}

function failureOf(errors: readonly unknown[]): ReportedFailure {
  const [first] = errors
  const message = messageOf(first)
  return { reason: reasonOf(first, message), message }
}

function reasonOf(error: unknown, message: string): ReportedFailure['reason'] {
  if (/^Test timed out in \d+ms/.test(message)) return 'timeout'
  // Forbidden by us: such a test was failed without having been run.
  if (message.includes('Unexpected .only modifier')) return 'hook'
  if (/^Hook timed out in \d+ms/.test(message)) return 'hook'
  if (message.startsWith('process.exit unexpectedly called')) return 'crash'
  const assertion =
    fieldOf(error, 'name') === 'AssertionError' || fieldOf(error, 'code') === 'ERR_ASSERTION'
  return assertion ? 'assertion' : 'error'
}
