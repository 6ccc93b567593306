import type { ReportedFailure, TestState } from './event.ts'
import { fieldOf, messageOf, openReport, type Put } from './writer.ts'

interface Test {
  titlePath(): string[]
  location: { file: string }
  expectedStatus: string
}

/** Tells what Playwright Test runs, while it runs it. Loaded with `--reporter=<path>`. */
export default class PlaywrightReporter {
  #put: Put = () => {}
  #files = new Set<string>()
  #broken = new Map<string, string[]>()
  #loose: string[] = []

  onBegin(config: unknown): void {
    this.#put = openReport()
    this.#put({
      ev: 'run-start',
      runner: 'playwright',
      version: String(fieldOf(config, 'version')),
    })
  }

  onTestBegin(test: Test): void {
    const name = fullName(test)
    this.#files.add(test.location.file)
    this.#put({ ev: 'test-start', file: test.location.file, key: name, name })
  }

  onTestEnd(test: Test, result: unknown): void {
    const name = fullName(test)
    const { file } = test.location
    this.#files.add(file)
    const state = stateOf(test, result)
    const failure = state === 'failed' ? failureOf(result) : {}
    this.#put({ ev: 'test', file, key: name, name, state, ...failure })
  }

  /** Errors outside of every test: most break the file that they are in. */
  onError(error: unknown): void {
    const message = messageOf(error)
    const file = fieldOf(fieldOf(error, 'location'), 'file') ?? fileIn(fieldOf(error, 'stack'))
    if (/^(?:Error: )?No tests found/.test(message)) return
    if (typeof file !== 'string') this.#loose.push(message)
    else this.#broken.set(file, [...(this.#broken.get(file) ?? []), message])
  }

  onEnd(result: unknown): void {
    for (const file of new Set([...this.#files, ...this.#broken.keys()]))
      this.#put({ ev: 'file-end', file, errors: this.#broken.get(file) ?? [] })
    const stopped = ['timedout', 'interrupted'].includes(String(fieldOf(result, 'status')))
    this.#put({ ev: 'run-end', unhandled: stopped ? ['The run was stopped.'] : this.#loose })
  }

  printsToStdio(): boolean {
    return false
  }
}

/** From the project inwards; the file is told apart. */
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
  const message = messageOf(error ?? 'It was expected to fail, and passed.')
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
