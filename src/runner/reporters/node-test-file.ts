import type { ReportedFailure, TestState } from './event.ts'
import { fieldOf, messageOf, type Put } from './writer.ts'

/** What `node --test` tells of one file. */
export class FileLog {
  readonly file: string
  #put: Put
  #taken = false
  /** Names from the outermost suite inwards, as results come. */
  #path: string[] = []
  /** The same for what is being run right now. */
  #running: string[] = []
  #lastFailure: ReportedFailure | undefined
  #stderr = ''
  #closed: unknown

  constructor(file: string, put: Put) {
    this.file = file
    this.#put = put
  }

  take(type: string, data: unknown): void {
    this.#announce()
    const depth = Number(fieldOf(data, 'nesting') ?? 0)
    const name = String(fieldOf(data, 'name'))
    if (type === 'test:stderr') this.#stderr = (this.#stderr + messageOf(data)).slice(-STDERR)
    if (type === 'test:dequeue') this.#started(depth, name)
    if (type === 'test:complete') this.#running.length = Math.min(this.#running.length, depth)
    if (type === 'test:start') this.#path = [...this.#path.slice(0, depth), name]
    if (type === 'test:pass' || type === 'test:fail')
      this.#told([...this.#path.slice(0, depth), name].join(' > '), data)
  }

  /** The process of the file has ended. */
  closed(data: unknown): void {
    this.#closed = fieldOf(fieldOf(data, 'details'), 'error')
  }

  end(): void {
    this.#announce()
    const died = this.#howItDied()
    // A file that breaks after its tests is as broken as one that breaks before them.
    const broke = died === undefined && fieldOf(this.#closed, 'failureType') === 'testCodeFailure'
    const errors = broke ? [errorLine(this.#stderr)] : []
    this.#put({ ev: 'file-end', file: this.file, errors, ...(died === undefined ? {} : { died }) })
  }

  #announce(): void {
    if (this.#taken) return
    this.#taken = true
    this.#put({ ev: 'file', file: this.file, tests: [] })
  }

  #started(depth: number, name: string): void {
    this.#running = [...this.#running.slice(0, depth), name]
    const full = this.#running.join(' > ')
    this.#put({ ev: 'test-start', file: this.file, key: full, name: full })
  }

  #told(name: string, data: unknown): void {
    const error = fieldOf(fieldOf(data, 'details'), 'error')
    const isGroup = fieldOf(fieldOf(data, 'details'), 'type') === 'suite'
    const failure = error === undefined ? undefined : this.#failureOf(error)
    if (isGroup) this.#toldGroup(error, failure)
    const state = isGroup ? 'group' : stateOf(data, failure)
    this.#lastFailure = failure ?? this.#lastFailure
    const why = state === 'failed' ? failure : undefined
    this.#put({ ev: 'test', file: this.file, key: name, name, state, ...why })
  }

  #toldGroup(error: unknown, failure: ReportedFailure | undefined): void {
    if (failure === undefined || fieldOf(error, 'failureType') === 'subtestsFailed') return
    this.#put({ ev: 'hook-error', file: this.file, message: failure.message })
  }

  #failureOf(error: unknown): ReportedFailure {
    const type = fieldOf(error, 'failureType')
    // A test that fails only by its inner tests fails for their reason.
    if (type === 'subtestsFailed' && this.#lastFailure !== undefined)
      return { ...this.#lastFailure, message: messageOf(error) }
    const cause = fieldOf(error, 'cause') ?? error
    return { reason: reasonOf(type, cause), message: messageOf(cause) }
  }

  #howItDied(): string | undefined {
    const signal = fieldOf(this.#closed, 'signal')
    if (typeof signal === 'string') return `was ended by ${signal}`
    const code = fieldOf(this.#closed, 'exitCode')
    if (typeof code === 'number' && code > 1) return `exited with code ${code}`
    const [running] = this.#running
    return running === undefined ? undefined : `exited during ${running}`
  }
}

const STDERR = 16_384

function stateOf(data: unknown, failure: ReportedFailure | undefined): TestState {
  if (isMarked(data, 'skip')) return 'skipped'
  if (isMarked(data, 'todo')) return 'todo'
  return failure === undefined ? 'passed' : 'failed'
}

// An empty string is a mark too: `{ todo: '' }`.
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

/** The line of a crash report that names the error; the lines around it show code and stack. */
function errorLine(stderr: string): string {
  const lines = stderr.split('\n')
  const named = lines.find(line => /^(?:\w*Error|\w*Exception)\b.*: |^Uncaught /.test(line))
  return (
    named ?? lines.find(line => line.trim() !== '') ?? 'It exited with code 1 and named no error.'
  )
}
