import { closeSync, constants, openSync, readSync } from 'node:fs'

const POLL_INTERVAL_MS = 500
/** Bytes that are read per poll. */
const CHUNK_SIZE = 256 * 1024
/** Longer lines are cut: a line that marks a finished test is shorter. */
const MAX_LINE_LENGTH = 64 * 1024

/** Patterns of the lines that mark a finished test, for each format that is written while the tests run. */
export const FINISHED_TEST = {
  /** A sealed line of a redgreen reporter. The end of a suite does not count. */
  sealed: /^[0-9a-f]+ \{"ev":"test",(?!.*"state":"group"\}$)/,
  /** The same, for a reporter that gets the results of a file only after all of its tests have ended. */
  announced: /^[0-9a-f]+ \{"ev":"test-end",/,
  tap: /^(?:not )?ok \d/,
  goJson: /^\{(?=.*"Test":).*"Action":"(?:pass|fail|skip)"/,
  cargo: /^test .+ \.\.\. (?:ok|FAILED|ignored)/,
}

/**
 * Counts the finished tests of a run in progress and calls `onCount` whenever the number grows. The count is only shown as
 * progress and proves nothing, so lines are not parsed and seals are not checked.
 */
export function countFinishedTests(
  report: string,
  finishedTest: RegExp | undefined,
  onCount: ((count: number) => void) | undefined,
): { stop: () => void } {
  if (!onCount || !finishedTest) return { stop: () => undefined }
  const counter = new Counter(finishedTest)
  const poll = () => {
    const before = counter.count
    counter.readOn(report)
    if (counter.count > before) onCount(counter.count)
  }
  const timer = setInterval(poll, POLL_INTERVAL_MS).unref()
  return { stop: () => clearInterval(timer) }
}

class Counter {
  count = 0
  #finishedTest: RegExp
  #offset = 0
  #rest = ''

  constructor(finishedTest: RegExp) {
    this.#finishedTest = finishedTest
  }

  /** Reads what was added since the last call, at most one chunk. */
  readOn(report: string): void {
    const bytes = readFrom(report, this.#offset)
    if (bytes.length === 0) return
    this.#offset += bytes.length
    const lines = (this.#rest + bytes.toString('latin1')).split('\n')
    this.#rest = (lines.pop() ?? '').slice(0, MAX_LINE_LENGTH)
    this.count += lines.filter(line => this.#finishedTest.test(line)).length
  }
}

function readFrom(report: string, offset: number): Buffer {
  let handle: number | undefined
  try {
    // A test can replace the file by a named pipe. Without this flag, opening the pipe would block forever.
    handle = openSync(report, constants.O_RDONLY | constants.O_NONBLOCK)
    const buffer = Buffer.alloc(CHUNK_SIZE)
    return buffer.subarray(0, readSync(handle, buffer, 0, CHUNK_SIZE, offset))
  } catch {
    // The report does not exist yet, or cannot be read.
    return Buffer.alloc(0)
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
