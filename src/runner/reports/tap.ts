import type { Report, TestRequest } from '../framework.ts'
import type { TestState } from '../reporters/event.ts'
import { reasonFrom } from './reason.ts'
import { toReport, type ParsedTest } from './parsed-report.ts'

/** One test point, and those of its subtest. */
interface Point {
  ok: boolean
  name: string
  state: TestState
  /** What was said about it: its diagnosis. */
  words: string
}

interface Stream {
  points: Point[]
  /** Names of subtests in front of their own points. */
  tests: Point[]
  planned: number | undefined
  bailed: string | undefined
}

/** Reads one TAP stream, of version 12 to 14, with subtests. It names no file, so each file is a run of its own. */
export function readTap(text: string, request: TestRequest): Report {
  const stream = readStream(text)
  const [file = 'suite'] = request.files
  const told = parseTap(stream, file)
  return toReport({ ...told, complete: told.complete && !endsWithin(text) }, request)
}

/** A plan that stands first is fulfilled by half a point, whose name may be cut off. */
function endsWithin(text: string): boolean {
  return POINT.test(text.slice(text.lastIndexOf('\n') + 1))
}

/** What a stream says of the file that it is of. */
function parseTap({ points, tests, planned, bailed }: Stream, file: string) {
  return {
    tests: tests.map(point => parsedTest(point, file)),
    broken: [],
    unhandled: bailed === undefined ? [] : [`Bail out! ${bailed}`],
    complete: planned === points.length && bailed === undefined,
  }
}

function parsedTest({ name, state, words }: Point, file: string): ParsedTest {
  if (state !== 'failed') return { file, name, state }
  return {
    file,
    name,
    state,
    reason: reasonFrom('', words || name),
    message: diagnosticIn(words) || name,
  }
}

/** What a diagnosis says first; its fences and empty fields say nothing. */
function diagnosticIn(words: string): string {
  const lines = words.split('\n').filter(line => !/^(?:---|\.\.\.|\s*)$/.test(line))
  const told = lines.map(line => /^(?:message|error):\s*(?:[|>]-?)?\s*(.*)$/.exec(line)?.[1] ?? '')
  return told.find(text => text !== '' && text !== "''") ?? lines.join('\n')
}

/** The points of a stream in order. A plan may stand before them or after them, and there is only one. */
function readStream(text: string): Stream {
  const reader = new Reader()
  for (const line of text.split(/\r?\n/)) reader.take(line)
  return reader.stream
}

class Reader {
  stream: Stream = { points: [], tests: [], planned: undefined, bailed: undefined }
  /** Lines of the subtest that was opened last. */
  #inner: string[] = []
  #inBlock = false

  take(line: string): void {
    const last = this.stream.points.at(-1)
    if (this.#inBlock || /^ {2}---\s*$/.test(line)) {
      this.#inBlock = !/^ {2}\.\.\.\s*$/.test(line)
      if (last) last.words += `${line.trim()}\n`
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
    const note = /^# {0,3}(.*)$/.exec(line)
    if (note && last && !note[1]?.startsWith('Subtest: ')) last.words += `${note[1]}\n`
  }

  #point(match: RegExpExecArray): void {
    const { not, name = '', directive } = match.groups ?? {}
    const ok = not === undefined
    const title = name
      .trim()
      .replace(/^-\s+/, '')
      .replace(/\\([\\#])/g, '$1')
    const point: Point = { ok, name: title, state: stateOf(ok, directive), words: '' }
    const inner = this.#inner.length > 0 ? readStream(this.#inner.join('\n')) : undefined
    this.#inner = []
    this.stream.points.push(point)
    const tests = inner?.tests.map(test => ({ ...test, name: `${title} > ${test.name}` })) ?? []
    this.stream.tests.push(...tests)
    // A subtest that fails although its points passed has broken in another way.
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
