import type { LoadError, TestResult } from '../../evidence/outcome.ts'
import type { ReportedTest, ReportEvent } from '../reporters/event.ts'
import { findMissing } from './missing.ts'
import { cleanName, firstLine } from './names.ts'

type FileEvent = Extract<ReportEvent, { file: string }>
type TestEvent = Extract<ReportEvent, { ev: 'test' }>

/** What a report says of one file, put together from its events. */
export class FileReport {
  /** Relative to the workspace. */
  readonly file: string
  /** Part of what the run was asked for. */
  readonly asked: boolean
  /** As the runner named it. */
  #path: string
  #names: ReadonlySet<string>
  /** One list per project that runs the file. */
  #known: ReportedTest[][] = []
  #started: ReportedTest[] = []
  #told: TestEvent[] = []
  #hookErrors: string[] = []
  #errors: string[] = []
  #died: string | undefined
  #ended = false

  constructor(file: string, path: string, asked: boolean, names: ReadonlySet<string>) {
    this.file = file
    this.asked = asked
    this.#path = path
    this.#names = names
  }

  take(event: FileEvent): void {
    if (event.ev === 'file') this.#known.push(event.tests)
    if (event.ev === 'test-start') this.#started.push(event)
    if (event.ev === 'test') this.#told.push(event)
    if (event.ev === 'hook-error') this.#hookErrors.push(event.message)
    if (event.ev !== 'file-end') return
    this.#ended = true
    this.#errors.push(...event.errors)
    this.#died = event.died ?? this.#died
  }

  /** Every test that was begun or announced has its result. */
  get complete(): boolean {
    return this.#ended && this.#died === undefined && this.#untold().length === 0
  }

  get tests(): TestResult[] {
    return this.#all.filter(test => this.#isNamed(test.name)).map(test => test.result)
  }

  get loadErrors(): LoadError[] {
    return this.#errors.map(message => ({
      file: this.file,
      message: firstLine(message),
      ...findMissing(message, this.#path),
    }))
  }

  /** What broke and is told by no test. */
  get unhandled(): string[] {
    const told = this.#told.some(test => test.state === 'unready' || test.reason === 'hook')
    return [
      ...(this.#died === undefined ? [] : [`${this.file} ${this.#died}`]),
      ...(told ? [] : this.#hookErrors.map(firstLine)),
      ...this.#all
        .filter(({ name, result }) => !this.#isNamed(name) && isFailure(result))
        .map(({ result }) => `Not asked for, but it ran and did not pass: ${result.id}`),
    ]
  }

  /** Everything that did not pass, for a file that nobody asked for. */
  get failures(): string[] {
    const failed = this.#all.filter(test => isFailure(test.result)).map(test => test.result.id)
    return [...failed, ...this.#errors.map(() => this.file)]
  }

  get #all(): NamedResult[] {
    const told = inOrder(this.#known, this.#told).map(event => ({
      name: cleanName(event.name),
      end: endOf(event, this.#hookErrors[0]),
    }))
    const inFlight = deepest(this.#untold()).map(test => ({
      name: cleanName(test.name),
      end: errored('crash', 'It was begun and did not end.'),
    }))
    return numbered(this.file, [...told, ...inFlight])
  }

  #isNamed(name: string): boolean {
    return this.#names.size === 0 || this.#names.has(name)
  }

  #untold(): ReportedTest[] {
    const open = new Map<string, ReportedTest[]>()
    const begun = this.#started.length > 0 ? this.#started : this.#known.flat()
    for (const test of begun) open.set(test.key, [...(open.get(test.key) ?? []), test])
    for (const { key } of this.#told) open.get(key)?.pop()
    return [...open.values()].flat()
  }
}

type End = Omit<TestResult, 'id' | 'file'>

interface NamedResult {
  name: string
  result: TestResult
}

/** Results come in the order in which tests end; where it is known, the order of their definition is the stable one. */
function inOrder(known: ReportedTest[][], told: TestEvent[]): TestEvent[] {
  const tests = told.filter(test => test.state !== 'group')
  const lists = known.toSorted((a, b) => ((a[0]?.key ?? '') < (b[0]?.key ?? '') ? -1 : 1))
  const place = new Map(lists.flat().map((test, index) => [test.key, index]))
  const at = (test: TestEvent) => place.get(test.key) ?? place.size
  // Under load Vitest tells some results twice; where keys are announced they are unique, and the last one stands.
  const once = place.size === 0 ? tests : [...new Map(tests.map(test => [test.key, test])).values()]
  return once.toSorted((a, b) => at(a) - at(b))
}

function endOf(event: TestEvent, hookError: string | undefined): End {
  if (event.state === 'unready') return errored('hook', hookError ?? 'A hook before it broke.')
  if (event.state !== 'failed') return { outcome: event.state === 'group' ? 'passed' : event.state }
  const reason = event.reason ?? 'error'
  const message = event.message ?? ''
  if (reason === 'hook' || reason === 'crash') return errored(reason, message)
  return { outcome: 'failed', reason, message: firstLine(message) }
}

function errored(reason: 'hook' | 'crash', message: string): End {
  return { outcome: 'errored', reason, message: firstLine(message) }
}

/** An open suite says nothing that its open test does not say better. */
function deepest(open: ReportedTest[]): ReportedTest[] {
  return open.filter(test => !open.some(other => other.name.startsWith(`${test.name} > `)))
}

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
