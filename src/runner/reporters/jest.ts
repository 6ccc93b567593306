import { existsSync, readFileSync } from 'node:fs'
import type { ReportedFailure, TestState } from './event.ts'
import { runningProgramVersion } from './version.ts'
import { fieldOf, messageOf, openReport, type WriteEvent } from './writer.ts'

/** Reports a Jest run while it is in progress. Jest's main process loads it with `--reporters=<path>`. */
export default class JestReporter {
  #write: WriteEvent = () => {}

  onRunStart(): void {
    this.#write = openReport()
    this.#write({ ev: 'run-start', runner: 'jest', version: runningProgramVersion() })
  }

  onTestFileStart(test: unknown): void {
    this.#write({ ev: 'file', file: fileOf(test), tests: [] })
  }

  onTestCaseStart(test: unknown, started: unknown): void {
    const name = fullName(started)
    this.#write({ ev: 'test-start', file: fileOf(test), key: name, name })
  }

  /** Does not write the result, because a hook can still change it. `onTestFileResult` writes the final results. */
  onTestCaseResult(test: unknown, ended: unknown): void {
    const name = fullName(ended)
    this.#write({ ev: 'test-end', file: fileOf(test), key: name, name })
  }

  onTestFileResult(test: unknown, result: unknown): void {
    const file = fileOf(test)
    const tests = listOf(fieldOf(result, 'testResults'))
    for (const one of tests) {
      const name = fullName(one)
      const state = STATES[String(fieldOf(one, 'status'))] ?? 'failed'
      const failure = state === 'failed' ? failureOf(one, file) : {}
      this.#write({ ev: 'test', file, key: name, name, state, ...failure })
    }
    const broken = brokenBy(fieldOf(result, 'testExecError'))
    // An error after the tests of a file ran is not a load error.
    const errorsAfterTests = tests.length > 0 ? broken.errors.splice(0) : []
    for (const message of errorsAfterTests) this.#write({ ev: 'hook-error', file, message })
    this.#write({ ev: 'file-end', file, ...broken })
  }

  onRunComplete(_contexts: unknown, result: unknown): void {
    const error = fieldOf(result, 'runExecError')
    const interrupted =
      fieldOf(result, 'wasInterrupted') === true ? ['The run was interrupted.'] : []
    const unhandled = error === undefined ? interrupted : [messageOf(error), ...interrupted]
    this.#write({ ev: 'run-end', unhandled })
  }
}

const STATES: Record<string, TestState> = {
  passed: 'passed',
  failed: 'failed',
  pending: 'skipped',
  skipped: 'skipped',
  disabled: 'skipped',
  todo: 'todo',
}

function fileOf(test: unknown): string {
  return String(fieldOf(test, 'path'))
}

function fullName(test: unknown): string {
  return [...listOf(fieldOf(test, 'ancestorTitles')), fieldOf(test, 'title')]
    .map(String)
    .join(' > ')
}

function failureOf(test: unknown, file: string): ReportedFailure {
  const message = messageOf(listOf(fieldOf(test, 'failureMessages'))[0] ?? '')
  return { reason: reasonOf(test, message, file), message: message.replace(/^Error: /, '') }
}

function reasonOf(test: unknown, message: string, file: string): ReportedFailure['reason'] {
  // Jest fails a test if its hooks fail. Only the stack shows that the error is from a hook.
  if (/\b_callCircusHook\b/.test(message) || isThrownInHook(message, file)) return 'hook'
  if (/Exceeded timeout of \d+ ?ms for a hook/.test(message)) return 'hook'
  if (/Exceeded timeout of \d+ ?ms/.test(message)) return 'timeout'
  const [detail] = listOf(fieldOf(test, 'failureDetails'))
  const assertion =
    fieldOf(detail, 'matcherResult') !== undefined ||
    fieldOf(detail, 'code') === 'ERR_ASSERTION' ||
    fieldOf(detail, 'name') === 'AssertionError' ||
    /^(?:Error: expect\(|AssertionError|JestAssertionError)/.test(message)
  return assertion ? 'assertion' : 'error'
}

/** After an `await` the stack starts in the test file. Is the last test or hook that opens before that position a hook? */
function isThrownInHook(stack: string, file: string): boolean {
  if (/\b_callCircusTest\b/.test(stack)) return false
  const frames = stack.split('\n').filter(line => /^\s+at /.test(line) && line.includes(`${file}:`))
  const position = /:(\d+):(\d+)\)?$/.exec(frames.at(-1) ?? '')
  if (position === null || !existsSync(file)) return false
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, Number(position[1]))
  const last = lines.pop()?.slice(0, Number(position[2])) ?? ''
  const openings = [...lines, last].join('\n').match(OPENING) ?? []
  return /^(?:before|after)/.test(openings.at(-1) ?? '')
}

const OPENING = /\b(?:before|after)(?:All|Each)\b(?=\s*\()|\b(?:test|it|fit|xit)\b(?=\s*[.(])/g

function brokenBy(error: unknown): { errors: string[]; died?: string } {
  if (error === undefined || error === null) return { errors: [] }
  const message = messageOf(error) || messageOf(fieldOf(error, 'stack'))
  // A file without tests is not a load error. The server refuses it because it has no tests.
  if (/Your test suite must contain at least one test/.test(message)) return { errors: [] }
  if (/\b(?:worker process|child process) .*(?:terminated|exited)|signal=SIG/.test(message))
    return { errors: [], died: message.split('\n')[0] ?? 'died' }
  return { errors: [message] }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
