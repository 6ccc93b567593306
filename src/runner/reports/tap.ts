import type { Report, TestRequest } from '../framework.ts'
import type { TestState } from '../reporters/event.ts'
import { reasonFrom } from './reason.ts'
import { toReport, type ParsedTest } from './parsed-report.ts'

/** A test point of TAP. */
interface Point {
  ok: boolean
  name: string
  state: TestState
  /** Comments and YAML diagnostics of the point. */
  diagnostics: string
}

interface Stream {
  /** The points of the outermost level. */
  points: Point[]
  /** The points that count as tests: those of subtests, with the names of the subtests before their own. */
  tests: Point[]
  planned: number | undefined
  bailed: string | undefined
}

/** Reads one TAP stream (version 12 to 14) with subtests. TAP names no files, so each file has to be a run of its own. */
export function readTap(text: string, request: TestRequest): Report {
  const stream = readStream(text)
  const [file = 'suite'] = request.files
  const parsed = toParsedReport(stream, file)
  return toReport({ ...parsed, complete: parsed.complete && !endsInsidePoint(text) }, request)
}

/** Without a final line break the last point may be cut off, although it completes a plan that comes first. */
function endsInsidePoint(text: string): boolean {
  return POINT.test(text.slice(text.lastIndexOf('\n') + 1))
}

function toParsedReport({ points, tests, planned, bailed }: Stream, file: string) {
  return {
    tests: tests.map(point => parsedTest(point, file)),
    broken: [],
    unhandled: bailed === undefined ? [] : [`Bail out! ${bailed}`],
    complete: planned === points.length && bailed === undefined,
  }
}

function parsedTest({ name, state, diagnostics }: Point, file: string): ParsedTest {
  if (state !== 'failed') return { file, name, state }
  return {
    file,
    name,
    state,
    reason: reasonFrom('', diagnostics || name),
    message: messageIn(diagnostics) || name,
  }
}

/** The first non-empty message in the diagnostics of a point, or all of the diagnostics. */
function messageIn(diagnostics: string): string {
  const lines = diagnostics.split('\n').filter(line => !/^(?:---|\.\.\.|\s*)$/.test(line))
  const messages = lines.map(
    line => /^(?:message|error):\s*(?:[|>]-?)?\s*(.*)$/.exec(line)?.[1] ?? '',
  )
  return messages.find(text => text !== '' && text !== "''") ?? lines.join('\n')
}

/** Reads the points of a stream in order. The plan comes before or after them; a second plan makes the stream invalid. */
function readStream(text: string): Stream {
  const reader = new Reader()
  for (const line of text.split(/\r?\n/)) reader.add(line)
  return reader.stream
}

class Reader {
  stream: Stream = { points: [], tests: [], planned: undefined, bailed: undefined }
  /** Lines of the current subtest. */
  #inner: string[] = []
  #inBlock = false

  add(line: string): void {
    const last = this.stream.points.at(-1)
    if (this.#inBlock || /^ {2}---\s*$/.test(line)) {
      this.#inBlock = !/^ {2}\.\.\.\s*$/.test(line)
      if (last) last.diagnostics += `${line.trim()}\n`
      return
    }
    if (/^(?: {4}|\t)/.test(line)) {
      this.#inner.push(line.replace(/^(?: {4}|\t)/, ''))
      return
    }
    const point = POINT.exec(line)
    if (point) this.#point(point)
    const plan = /^1\.\.(\d+)(?:\s|$)/.exec(line)
    if (plan) this.stream.planned = this.stream.planned === undefined ? Number(plan[1]) : NaN
    const bail = /^Bail out!\s*(.*)$/.exec(line)
    if (bail) this.stream.bailed = bail[1] ?? ''
    const comment = /^# {0,3}(.*)$/.exec(line)
    if (comment && last && !comment[1]?.startsWith('Subtest: '))
      last.diagnostics += `${comment[1]}\n`
  }

  #point(match: RegExpExecArray): void {
    const { not, name = '', directive } = match.groups ?? {}
    const ok = not === undefined
    const title = name
      .trim()
      .replace(/^-\s+/, '')
      .replace(/\\([\\#])/g, '$1')
    const point: Point = { ok, name: title, state: stateOf(ok, directive), diagnostics: '' }
    const inner = this.#inner.length > 0 ? readStream(this.#inner.join('\n')) : undefined
    this.#inner = []
    this.stream.points.push(point)
    const tests = inner?.tests.map(test => ({ ...test, name: `${title} > ${test.name}` })) ?? []
    this.stream.tests.push(...tests)
    // A subtest that fails although all of its points passed counts as a failed test itself.
    if (tests.length === 0 || (!ok && !tests.some(test => test.state === 'failed')))
      this.stream.tests.push(point)
  }
}

const POINT =
  /^(?<not>not )?ok\b(?:\s+\d+)?(?<name>(?:[^#\\]|\\.|#(?!\s*(?:skip|todo)))*)(?:#\s*(?<directive>skip|todo)\S*.*)?$/i

function stateOf(ok: boolean, directive: string | undefined): TestState {
  if (directive?.toLowerCase() === 'skip') return 'skipped'
  if (directive?.toLowerCase() === 'todo') return 'todo'
  return ok ? 'passed' : 'failed'
}
