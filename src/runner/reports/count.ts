import { closeSync, constants, openSync, readSync } from 'node:fs'

/** How often is looked, and how much is read at a time. */
const EVERY_MS = 500
const CHUNK = 256 * 1024
/** What says that a test has ended is shorter; whatever else writes there is not kept. */
const LONGEST = 64 * 1024

/** Lines of a report that say that a test has ended, in each form that is written while the tests run. */
export const ENDED = {
  /** Of our reporters, behind its seal. The end of a suite is no test's. */
  sealed: /^[0-9a-f]+ \{"ev":"test",(?!.*"state":"group"\}$)/,
  /** Of a reporter of ours that is told of results later than of ends. */
  announced: /^[0-9a-f]+ \{"ev":"test-end",/,
  tap: /^(?:not )?ok \d/,
  goJson: /^\{(?=.*"Test":).*"Action":"(?:pass|fail|skip)"/,
  cargo: /^test .+ \.\.\. (?:ok|FAILED|ignored)/,
}

/**
 * Counts the tests that ended while a run goes on, from lines that are written at once. It is told to people and proves
 * nothing, so no line is parsed and no seal looked at; every byte is read once.
 */
export function countFinishedTests(
  report: string,
  ended: RegExp | undefined,
  tell: ((count: number) => void) | undefined,
): { stop: () => void } {
  if (!tell || !ended) return { stop: () => undefined }
  const counter = new Counter(ended)
  const look = () => {
    const before = counter.count
    counter.readOn(report)
    if (counter.count > before) tell(counter.count)
  }
  const timer = setInterval(look, EVERY_MS).unref()
  return { stop: () => clearInterval(timer) }
}

class Counter {
  count = 0
  #ended: RegExp
  #offset = 0
  #rest = ''

  constructor(ended: RegExp) {
    this.#ended = ended
  }

  /** Reads what was added, at most a chunk: what is more is seen at the next look. */
  readOn(report: string): void {
    const bytes = readFrom(report, this.#offset)
    if (bytes.length === 0) return
    this.#offset += bytes.length
    const lines = (this.#rest + bytes.toString('latin1')).split('\n')
    this.#rest = (lines.pop() ?? '').slice(0, LONGEST)
    this.count += lines.filter(line => this.#ended.test(line)).length
  }
}

function readFrom(report: string, offset: number): Buffer {
  let handle: number | undefined
  try {
    // A test can put a pipe in its place, and to open one would wait for ever.
    handle = openSync(report, constants.O_RDONLY | constants.O_NONBLOCK)
    const buffer = Buffer.alloc(CHUNK)
    return buffer.subarray(0, readSync(handle, buffer, 0, CHUNK, offset))
  } catch {
    // Not begun yet, or no file: there is nothing to count.
    return Buffer.alloc(0)
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
