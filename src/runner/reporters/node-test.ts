import path from 'node:path'
import process from 'node:process'
import { FileLog } from './node-test-file.ts'
import { fieldOf, openReport } from './writer.ts'

const put = openReport()

interface Told {
  type: string
  data: unknown
}

/** Tells what `node --test` runs, while it runs it. Prints nothing: a second reporter does that. */
export default async function* nodeTestReporter(source: AsyncIterable<Told>) {
  const run = new Run()
  put({ ev: 'run-start', runner: 'node:test', version: process.version })
  for await (const { type, data } of source) run.take(type, data)
  run.end()
  yield ''
}

class Run {
  #files = new Map<string, FileLog>()
  #current: FileLog | undefined
  #running = new Set<FileLog>()
  #late: string[] = []

  take(type: string, data: unknown): void {
    const name = textOf(data, 'name')
    const file = absolute(textOf(data, 'file'))
    // A file itself is announced as if it were a test, named by its path.
    const isFile = fieldOf(data, 'nesting') === 0 && name !== '' && absolute(name) === file
    if (isFile) this.#takeFile(type, file, data)
    else if (type === 'test:diagnostic') this.#hear(textOf(data, 'message'))
    else if (type === 'test:summary') this.#expectNext(file)
    else this.#logOf(file)?.take(type, data)
  }

  end(): void {
    for (const log of this.#files.values()) log.end()
    put({ ev: 'run-end', unhandled: this.#late })
  }

  /** What breaks after its test has ended is told in words only, and of no file. */
  #hear(message: string): void {
    const late = /asynchronous activity after the test .*created the error "(.*)" (?:which|and)/
    const error = late.exec(message)?.[1]
    if (error !== undefined) this.#late.push(error)
  }

  #takeFile(type: string, file: string, data: unknown): void {
    const log = this.#files.get(file) ?? new FileLog(file, put)
    this.#files.set(file, log)
    if (type === 'test:dequeue') {
      if (this.#running.size === 0) this.#current = log
      this.#running.add(log)
    }
    if (type === 'test:complete') this.#running.delete(log)
    if (type === 'test:fail' || type === 'test:complete') log.closed(data)
  }

  /**
   * A test is located where it was written, which can be a helper that several files import. It then belongs to the
   * file whose turn it is: results come file by file.
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

// Node 20 gives absolute paths, later ones give some relative to the working directory.
function absolute(file: string): string {
  return file === '' ? '' : path.resolve(file)
}
