import type { ReportedFailure, TestState } from './event.ts'
import { fieldOf, messageOf, openReport, type WriteEvent } from './writer.ts'

interface Test {
  titlePath(): string[]
  location: { file: string }
  expectedStatus: string
}

/** Reports a run of Playwright Test while it is in progress. Playwright loads it with `--reporter=<path>`. */
export default class PlaywrightReporter {
  #write: WriteEvent = () => {}
  #files = new Set<string>()
  #broken = new Map<string, string[]>()
  #unhandled: string[] = []

  onBegin(config: unknown): void {
    this.#write = openReport()
    this.#write({
      ev: 'run-start',
      runner: 'playwright',
      version: String(fieldOf(config, 'version')),
    })
  }

  onTestBegin(test: Test): void {
    const name = fullName(test)
    this.#files.add(test.location.file)
    this.#write({ ev: 'test-start', file: test.location.file, key: name, name })
  }

  onTestEnd(test: Test, result: unknown): void {
    const name = fullName(test)
    const { file } = test.location
    this.#files.add(file)
    const state = stateOf(test, result)
    const failure = state === 'failed' ? failureOf(result) : {}
    this.#write({ ev: 'test', file, key: name, name, state, ...failure })
  }

  /** Handles errors outside of tests. Most of them prevent the file that they occur in from loading. */
  onError(error: unknown): void {
    const message = messageOf(error)
    const file = fieldOf(fieldOf(error, 'location'), 'file') ?? fileIn(fieldOf(error, 'stack'))
    if (/^(?:Error: )?No tests found/.test(message)) return
    if (typeof file !== 'string') this.#unhandled.push(message)
    else this.#broken.set(file, [...(this.#broken.get(file) ?? []), message])
  }

  onEnd(result: unknown): void {
    for (const file of new Set([...this.#files, ...this.#broken.keys()]))
      this.#write({ ev: 'file-end', file, errors: this.#broken.get(file) ?? [] })
    const stopped = ['timedout', 'interrupted'].includes(String(fieldOf(result, 'status')))
    this.#write({ ev: 'run-end', unhandled: stopped ? ['The run was stopped.'] : this.#unhandled })
  }

  printsToStdio(): boolean {
    return false
  }
}

/** The names of the project, the suites and the test. The file is not part of it. */
function fullName(test: Test): string {
  const [, project = '', , ...titles] = test.titlePath()
  return [...(project === '' ? [] : [`[${project}]`]), ...titles].join(' > ')
}

function stateOf(test: Test, result: unknown): TestState {
  const status = fieldOf(result, 'status')
  if (status === 'skipped') return 'skipped'
  return status === test.expectedStatus ? 'passed' : 'failed'
}

function failureOf(result: unknown): ReportedFailure {
  const errors = fieldOf(result, 'errors')
  const error: unknown = Array.isArray(errors) ? errors[0] : undefined
  const message = messageOf(error ?? 'The test was expected to fail, but it passed.')
  return { reason: reasonOf(result, message), message: message.replace(/^Error: /, '') }
}

function reasonOf(result: unknown, message: string): ReportedFailure['reason'] {
  const steps = fieldOf(result, 'steps')
  const hooks = Array.isArray(steps)
    ? steps.filter(step => fieldOf(step, 'category') === 'hook')
    : []
  if (hooks.some(hook => fieldOf(hook, 'error') !== undefined)) return 'hook'
  if (fieldOf(result, 'status') === 'timedOut') return 'timeout'
  if (/worker process exited unexpectedly/i.test(message)) return 'crash'
  return /\bexpect\(|^AssertionError|ERR_ASSERTION/.test(message) ? 'assertion' : 'error'
}

function fileIn(stack: unknown): string | undefined {
  if (typeof stack !== 'string') return undefined
  return /\(?(?:file:\/\/)?(\/[^\s():]+\.(?:spec|test)\.[cm]?[jt]sx?):\d+/.exec(stack)?.[1]
}
