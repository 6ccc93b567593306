import path from 'node:path'
import type { LoadError, TestResult } from '../../evidence/outcome.ts'
import type { ReportedTest, ReportEvent } from '../reporters/event.ts'
import { findMissingImport } from './missing-import.ts'
import { loadPlaceIn } from './load-place.ts'
import { failureMessage } from './failure-message.ts'
import { cleanName, firstLine } from './names.ts'

type FileEvent = Extract<ReportEvent, { file: string }>
type TestEvent = Extract<ReportEvent, { ev: 'test' }>

/** Begins an error about a test that did not pass although the run did not request it. */
export const NOT_REQUESTED = 'A test that was not requested ran and did not pass'

/** The part of a report that is about one file, built from its events. */
export class FileReport {
  /** Relative to the workspace. */
  readonly file: string
  /** The run requested this file. */
  readonly requested: boolean
  /** The path as the runner names it. */
  #path: string
  /** Names of the requested tests; empty for all tests. */
  #names: ReadonlySet<string>
  /** Tests that were announced before they ran; one list per project that runs the file. */
  #announced: ReportedTest[][] = []
  #started: ReportedTest[] = []
  #results: TestEvent[] = []
  #hookErrors: string[] = []
  #errors: string[] = []
  #died: string | undefined
  #ended = false

  constructor(file: string, path: string, requested: boolean, names: ReadonlySet<string>) {
    this.file = file
    this.requested = requested
    this.#path = path
    this.#names = names
  }

  add(event: FileEvent): void {
    if (event.ev === 'file') this.#announced.push(event.tests)
    if (event.ev === 'test-start') this.#started.push(event)
    if (event.ev === 'test') this.#results.push(event)
    if (event.ev === 'hook-error') this.#hookErrors.push(event.message)
    if (event.ev !== 'file-end') return
    this.#ended = true
    this.#errors.push(...event.errors)
    this.#died = event.died ?? this.#died
  }

  /** The file has ended, and every test that was started or announced has a result. */
  get complete(): boolean {
    return this.#ended && this.#died === undefined && this.#withoutResult().length === 0
  }

  get tests(): TestResult[] {
    return this.#all.filter(test => this.#isRequested(test.name)).map(test => test.result)
  }

  get loadErrors(): LoadError[] {
    return this.#errors.map(message => {
      const missing = findMissingImport(message, this.#path)
      const error = { file: this.file, message: firstLine(message) }
      return { ...error, ...(missing ?? loadPlaceIn(this.file, this.#root, message)) }
    })
  }

  /** Errors that no requested test reports. */
  get unhandled(): string[] {
    const isReported = this.#results.some(
      test => test.state === 'unready' || test.reason === 'hook',
    )
    return [
      ...(this.#died === undefined ? [] : [`${this.file} ${this.#died}`]),
      ...(isReported ? [] : this.#hookErrors.map(firstLine)),
      ...this.#all
        .filter(({ name, result }) => !this.#isRequested(name) && isFailure(result))
        .map(({ result }) => `${NOT_REQUESTED}: ${result.id}`),
    ]
  }

  /** Everything that did not pass, for a file that was not requested. */
  get failures(): string[] {
    const failed = this.#all.filter(test => isFailure(test.result)).map(test => test.result.id)
    return [...failed, ...this.#errors.map(() => this.file)]
  }

  /** The folder that `file` is relative to, if it is known. */
  get #root(): string | undefined {
    const file = path.normalize(this.file)
    const root = this.#path.endsWith(file) ? this.#path.slice(0, -file.length - 1) : ''
    return root === '' ? undefined : root
  }

  get #all(): NamedResult[] {
    const ended = inOrder(this.#announced, this.#results).map(event => ({
      name: cleanName(event.name),
      end: endOf(event, this.#hookErrors[0]),
    }))
    const running = deepest(this.#withoutResult()).map(test => ({
      name: cleanName(test.name),
      end: errored('crash', 'The test started and did not finish.'),
    }))
    return numbered(this.file, [...ended, ...running])
  }

  #isRequested(name: string): boolean {
    return this.#names.size === 0 || this.#names.has(name)
  }

  #withoutResult(): ReportedTest[] {
    const open = new Map<string, ReportedTest[]>()
    const expected = this.#started.length > 0 ? this.#started : this.#announced.flat()
    for (const test of expected) open.set(test.key, [...(open.get(test.key) ?? []), test])
    for (const { key } of this.#results) open.get(key)?.pop()
    return [...open.values()].flat()
  }
}

type End = Omit<TestResult, 'id' | 'file'>

interface NamedResult {
  name: string
  result: TestResult
}

/** Sorts results, which arrive in the order in which tests end, by the order of definition if that was announced. */
function inOrder(announced: ReportedTest[][], results: TestEvent[]): TestEvent[] {
  const tests = results.filter(test => test.state !== 'group')
  const lists = announced.toSorted((a, b) => ((a[0]?.key ?? '') < (b[0]?.key ?? '') ? -1 : 1))
  const positions = new Map(lists.flat().map((test, index) => [test.key, index]))
  const positionOf = (test: TestEvent) => positions.get(test.key) ?? positions.size
  // Under load, Vitest reports some results twice. Announced keys are unique, so the last result counts.
  const unique =
    positions.size === 0 ? tests : [...new Map(tests.map(test => [test.key, test])).values()]
  return unique.toSorted((a, b) => positionOf(a) - positionOf(b))
}

function endOf(event: TestEvent, hookError: string | undefined): End {
  if (event.state === 'unready')
    return errored('hook', hookError ?? 'A hook failed before the test.')
  if (event.state !== 'failed') return { outcome: event.state === 'group' ? 'passed' : event.state }
  const reason = event.reason ?? 'error'
  const message = event.message ?? ''
  if (reason === 'hook' || reason === 'crash') return errored(reason, message)
  return { outcome: 'failed', reason, message: failureMessage(message) }
}

function errored(reason: 'hook' | 'crash', message: string): End {
  return { outcome: 'errored', reason, message: firstLine(message) }
}

/** Leaves out suites that have not ended if a test within them has not ended either. */
function deepest(open: ReportedTest[]): ReportedTest[] {
  return open.filter(test => !open.some(other => other.name.startsWith(`${test.name} > `)))
}

/** Gives every result its id. A repeated name gets ` #2`, ` #3` … */
function numbered(file: string, ends: { name: string; end: End }[]): NamedResult[] {
  const seen = new Map<string, number>()
  return ends.map(({ name, end }) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    const id = `${file} > ${name}${count === 1 ? '' : ` #${count}`}`
    return { name, result: Object.assign({ id, file }, end) }
  })
}

function isFailure(result: TestResult): boolean {
  return result.outcome === 'failed' || result.outcome === 'errored'
}
