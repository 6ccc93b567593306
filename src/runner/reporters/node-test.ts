import path from 'node:path'
import process from 'node:process'
import { heldRun, type HeldRun } from './held-run.ts'
import { FileLog } from './node-test-file.ts'
import { fieldOf, openReport, type WriteEvent } from './writer.ts'

interface NodeTestEvent {
  type: string
  data: unknown
}

/**
 * Reports a run of `node --test` while it is in progress. Prints nothing, because a second reporter does that. Node calls it before
 * it starts the first file, so the report is opened here; a process that waits has loaded this file before it knows its report.
 */
const nodeTestReporter = (source: AsyncIterable<NodeTestEvent>) => {
  const held = heldRun()
  return held ? reportHeld(source, held) : report(source, openReport())
}

// Node would call a function that has a prototype with `new`.
export default nodeTestReporter

/** The process of the first file waits until the key of the report is read and gone. */
async function* reportHeld(source: AsyncIterable<NodeTestEvent>, { begun, release }: HeldRun) {
  await begun
  const write = openReport()
  release()
  yield* report(source, write)
}

async function* report(source: AsyncIterable<NodeTestEvent>, write: WriteEvent) {
  const run = new Run(write)
  write({ ev: 'run-start', runner: 'node:test', version: process.version })
  for await (const { type, data } of source) run.add(type, data)
  run.end()
  yield ''
}

class Run {
  readonly #write: WriteEvent
  #files = new Map<string, FileLog>()
  #current: FileLog | undefined
  #running = new Set<FileLog>()
  #unhandled: string[] = []

  constructor(write: WriteEvent) {
    this.#write = write
  }

  add(type: string, data: unknown): void {
    const name = textOf(data, 'name')
    const file = absolute(textOf(data, 'file'))
    // Node reports a file like a test that is named by the path of the file.
    const isFile = fieldOf(data, 'nesting') === 0 && name !== '' && absolute(name) === file
    if (isFile) this.#addFileEvent(type, file, data)
    else if (type === 'test:diagnostic') this.#addDiagnostic(textOf(data, 'message'))
    else if (type === 'test:summary') this.#expectNext(file)
    else this.#logOf(file)?.add(type, data)
  }

  end(): void {
    for (const log of this.#files.values()) log.end()
    this.#write({ ev: 'run-end', unhandled: this.#unhandled })
  }

  /** An error after the end of its test is only in a diagnostic message, which names no file. */
  #addDiagnostic(message: string): void {
    const pattern = /asynchronous activity after the test .*created the error "(.*)" (?:which|and)/
    const error = pattern.exec(message)?.[1]
    if (error !== undefined) this.#unhandled.push(error)
  }

  #addFileEvent(type: string, file: string, data: unknown): void {
    const log = this.#files.get(file) ?? new FileLog(file, this.#write)
    this.#files.set(file, log)
    if (type === 'test:dequeue') {
      if (this.#running.size === 0) this.#current = log
      this.#running.add(log)
    }
    if (type === 'test:complete') this.#running.delete(log)
    if (type === 'test:fail' || type === 'test:complete') log.closed(data)
  }

  /**
   * The file that a test belongs to. Node reports where the test is defined, which can be a helper that several files import.
   * Such a test belongs to the current file, because results arrive file by file.
   */
  #logOf(file: string): FileLog | undefined {
    const log = this.#files.get(file)
    if (log !== undefined) this.#current = log
    return this.#current
  }

  #expectNext(file: string): void {
    const logs = [...this.#files.values()]
    const at = logs.findIndex(log => log.file === file)
    if (at >= 0) this.#current = logs[at + 1] ?? logs[at]
  }
}

function textOf(data: unknown, field: string): string {
  const value = fieldOf(data, field)
  return typeof value === 'string' ? value : ''
}

// Node 20 reports absolute paths; later versions report some paths relative to the working directory.
function absolute(file: string): string {
  return file === '' ? '' : path.resolve(file)
}
