import type { ReportedFailure, TestState } from './event.ts'
import { fieldOf, messageOf, type WriteEvent } from './writer.ts'

/** Turns the events of `node --test` for one file into events of the report. */
export class FileLog {
  readonly file: string
  #write: WriteEvent
  #announced = false
  /** Names of the suites and the test of the current result, from the outermost suite. */
  #path: string[] = []
  /** The same for the test that is running. */
  #running: string[] = []
  #lastFailure: ReportedFailure | undefined
  #stderr = ''
  #closed: unknown

  constructor(file: string, write: WriteEvent) {
    this.file = file
    this.#write = write
  }

  add(type: string, data: unknown): void {
    this.#announce()
    const depth = Number(fieldOf(data, 'nesting') ?? 0)
    const name = String(fieldOf(data, 'name'))
    if (type === 'test:stderr') this.#stderr = (this.#stderr + messageOf(data)).slice(-MAX_STDERR)
    if (type === 'test:dequeue') this.#started(depth, name)
    if (type === 'test:complete') this.#running.length = Math.min(this.#running.length, depth)
    if (type === 'test:start') this.#path = [...this.#path.slice(0, depth), name]
    if (type === 'test:pass' || type === 'test:fail')
      this.#ended([...this.#path.slice(0, depth), name].join(' > '), data)
  }

  /** Records how the process of the file ended. */
  closed(data: unknown): void {
    this.#closed = fieldOf(fieldOf(data, 'details'), 'error')
  }

  end(): void {
    this.#announce()
    const died = this.#howItDied()
    // An error outside of tests counts even if it occurs after the tests ran.
    const hasFailed =
      died === undefined && fieldOf(this.#closed, 'failureType') === 'testCodeFailure'
    const errors = hasFailed ? [errorLine(this.#stderr)] : []
    this.#write({
      ev: 'file-end',
      file: this.file,
      errors,
      ...(died === undefined ? {} : { died }),
    })
  }

  #announce(): void {
    if (this.#announced) return
    this.#announced = true
    this.#write({ ev: 'file', file: this.file, tests: [] })
  }

  #started(depth: number, name: string): void {
    this.#running = [...this.#running.slice(0, depth), name]
    const full = this.#running.join(' > ')
    this.#write({ ev: 'test-start', file: this.file, key: full, name: full })
  }

  #ended(name: string, data: unknown): void {
    const error = fieldOf(fieldOf(data, 'details'), 'error')
    const isGroup = fieldOf(fieldOf(data, 'details'), 'type') === 'suite'
    const failure = error === undefined ? undefined : this.#failureOf(error)
    if (isGroup) this.#groupEnded(error, failure)
    const state = isGroup ? 'group' : stateOf(data, failure)
    this.#lastFailure = failure ?? this.#lastFailure
    const details = state === 'failed' ? failure : undefined
    this.#write({ ev: 'test', file: this.file, key: name, name, state, ...details })
  }

  #groupEnded(error: unknown, failure: ReportedFailure | undefined): void {
    if (failure === undefined || fieldOf(error, 'failureType') === 'subtestsFailed') return
    this.#write({ ev: 'hook-error', file: this.file, message: failure.message })
  }

  #failureOf(error: unknown): ReportedFailure {
    const type = fieldOf(error, 'failureType')
    // A test that fails only because its subtests failed has their reason.
    if (type === 'subtestsFailed' && this.#lastFailure !== undefined)
      return { ...this.#lastFailure, message: messageOf(error) }
    const cause = fieldOf(error, 'cause') ?? error
    return { reason: reasonOf(type, cause), message: messageOf(cause) }
  }

  #howItDied(): string | undefined {
    const signal = fieldOf(this.#closed, 'signal')
    if (typeof signal === 'string') return `was killed by ${signal}`
    const code = fieldOf(this.#closed, 'exitCode')
    if (typeof code === 'number' && code > 1) return `exited with code ${code}`
    const [running] = this.#running
    return running === undefined ? undefined : `exited during ${running}`
  }
}

const MAX_STDERR = 16_384

function stateOf(data: unknown, failure: ReportedFailure | undefined): TestState {
  if (isMarked(data, 'skip')) return 'skipped'
  if (isMarked(data, 'todo')) return 'todo'
  return failure === undefined ? 'passed' : 'failed'
}

// An empty string counts too: `{ todo: '' }`.
function isMarked(data: unknown, mark: string): boolean {
  const value = fieldOf(data, mark)
  return value !== undefined && value !== false
}

function reasonOf(type: unknown, cause: unknown): ReportedFailure['reason'] {
  if (type === 'hookFailed') return 'hook'
  if (type === 'testTimeoutFailure') return 'timeout'
  if (type === 'cancelledByParent')
    return /still pending/.test(messageOf(cause)) ? 'timeout' : 'hook'
  const assertion =
    fieldOf(cause, 'code') === 'ERR_ASSERTION' || fieldOf(cause, 'name') === 'AssertionError'
  return assertion ? 'assertion' : 'error'
}

/** The line of an uncaught error's output that names the error, without the code and the stack around it. */
function errorLine(stderr: string): string {
  const lines = stderr.split('\n')
  const named = lines.find(line => /^(?:\w*Error|\w*Exception)\b.*: |^Uncaught /.test(line))
  return (
    named ??
    lines.find(line => line.trim() !== '') ??
    'The process exited with code 1 and printed no error.'
  )
}
