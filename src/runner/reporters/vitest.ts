import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node'
import type { ReportedFailure, ReportedTest, TestState } from './event.ts'
import { differenceOf, fieldOf, messageOf, openReport, type WriteEvent } from './writer.ts'

/** Reports a run of Vitest 3 to 5 while it is in progress. Vitest's main process loads it with `--reporter=<path>`. */
export default class VitestReporter implements Reporter {
  #write: WriteEvent = () => {}
  /** Ids of tests that started. A test that is skipped without having started was prevented by a hook. */
  #ready = new Set<string>()
  #reported = new Set<string>()
  #endedModules = new Set<string>()

  onInit(vitest: { version: string }): void {
    this.#write = openReport()
    this.#write({ ev: 'run-start', runner: 'vitest', version: vitest.version })
  }

  onTestModuleCollected(module: TestModule): void {
    const tests = [...module.children.allTests()].map(toReportedTest)
    this.#write({ ev: 'file', file: module.moduleId, tests })
  }

  onTestCaseReady(test: TestCase): void {
    this.#ready.add(test.id)
    this.#write({ ev: 'test-start', file: test.module.moduleId, ...toReportedTest(test) })
  }

  onTestCaseResult(test: TestCase): void {
    const state = this.#stateOf(test)
    if (state === undefined) return
    this.#reported.add(test.id)
    const failure = state === 'failed' ? failureOf(test.result().errors ?? []) : {}
    const { moduleId: file } = test.module
    this.#write({ ev: 'test', file, ...toReportedTest(test), state, ...failure })
  }

  onTestSuiteResult(suite: TestSuite): void {
    for (const error of suite.errors())
      this.#write({ ev: 'hook-error', file: suite.module.moduleId, message: messageOf(error) })
  }

  onTestModuleEnd(module: TestModule): void {
    this.#endedModules.add(module.id)
    const tests = [...module.children.allTests()]
    // Vitest fails a forbidden `.only` without running the test and without reporting its result.
    for (const test of tests.filter(({ id }) => !this.#reported.has(id)))
      this.onTestCaseResult(test)
    const file = module.moduleId
    // A test that failed did not come to its snapshots, so they only seem to be obsolete.
    const hasFailed = tests.some(test => test.result().state === 'failed')
    const messages = module
      .errors()
      .map(messageOf)
      .filter(message => !(hasFailed && message.startsWith('Obsolete snapshots found')))
    if (tests.length > 0)
      for (const message of messages) this.#write({ ev: 'hook-error', file, message })
    this.#write({
      ev: 'file-end',
      file,
      errors: tests.length > 0 ? [] : messages.filter(isLoadError),
    })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    // Vitest 3 does not report the end of a file that could not be collected.
    for (const module of modules.filter(({ id }) => !this.#endedModules.has(id)))
      this.onTestModuleEnd(module)
    this.#write({ ev: 'run-end', unhandled: unhandled.map(messageOf) })
  }

  #stateOf(test: TestCase): TestState | undefined {
    const { state } = test.result()
    if (state === 'pending') return undefined
    if (state !== 'skipped') return state
    if (test.options.mode === 'todo') return 'todo'
    return test.options.mode === 'run' && !this.#ready.has(test.id) ? 'unready' : 'skipped'
  }
}

function toReportedTest(test: TestCase): ReportedTest {
  return { key: test.id, name: test.fullName }
}

/** A file without tests is not a load error. The server refuses it because it has no tests. */
function isLoadError(message: string): boolean {
  return !/^No test (suite )?found in /.test(message)
}

function failureOf(errors: readonly unknown[]): ReportedFailure {
  const [first] = errors
  const message = messageOf(first)
  return { reason: reasonOf(first, message), message: message + differenceOf(first, message) }
}

function reasonOf(error: unknown, message: string): ReportedFailure['reason'] {
  if (/^Test timed out in \d+ms/.test(message)) return 'timeout'
  // redgreen forbids `.only`, so Vitest failed the test without running it.
  if (message.includes('Unexpected .only modifier')) return 'hook'
  if (/^Hook timed out in \d+ms/.test(message)) return 'hook'
  if (message.startsWith('process.exit unexpectedly called')) return 'crash'
  const assertion =
    fieldOf(error, 'name') === 'AssertionError' || fieldOf(error, 'code') === 'ERR_ASSERTION'
  return assertion ? 'assertion' : 'error'
}
