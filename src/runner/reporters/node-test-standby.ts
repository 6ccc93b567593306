import { createHmac } from 'node:crypto'
import { closeSync, readSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { spec } from 'node:test/reporters'
import { readRun, type StandbyReady, type StandbyRun } from '../standby/messages.ts'
import { holdFirstProcess } from './first-process.ts'
import { holdRun, UNUSED } from './held-run.ts'
import { REPORT_VARIABLE } from './writer.ts'
import { parseJson } from '../../plan/parse-json.ts'

// Loaded by `node --require THIS --test ...`, before Node looks for test files. Without a file among the arguments, it waits for their names and
// then lets Node continue, which runs them as `node --test` does. Node has no event loop at this moment, so the waiting process does nothing
// else. With a file, Node continues at once and starts the process of the file, which waits itself.

/** The connection to the server: JSON, one line in each direction. */
const CHANNEL = 3

const REPORTER = '--test-reporter='

const [, program = ''] = process.execArgv
loadAhead()
const ready: StandbyReady = { configuration: [], folders: [], isolates: true }
writeSync(CHANNEL, `${JSON.stringify(ready)}\n`)
// As in a process that was started with these files: Node starts the process of each file with the options that it got itself.
process.execArgv.splice(0, 2)
if (process.argv.length > 1) waitWithFile()
else waitForFiles()

function waitForFiles(): void {
  const { words } = begin(readLine())
  closeSync(CHANNEL)
  process.argv.push(...words)
}

/** The run comes on standard input, because the process of a file would inherit the other connection. */
function waitWithFile(): void {
  closeSync(CHANNEL)
  const release = holdFirstProcess(path.join(path.dirname(program), 'node-test-gate.cjs'))
  holdRun({ begun: text(process.stdin).then(line => void begin(line)), release })
}

/** Ends the process if the server is gone. */
function begin(line: string): StandbyRun {
  const run = readRun(parseJson(line))
  if (!run) process.exit(UNUSED)
  process.env[REPORT_VARIABLE] = run.report
  return run
}

/** What a run uses, besides files of the project. */
function loadAhead(): void {
  createHmac('sha256', '').digest()
  void new spec()
  const reporter = process.execArgv.findLast(word => word.startsWith(REPORTER))
  if (reporter !== undefined) loadModule(reporter.slice(REPORTER.length))
}

/**
 * Loads an ES module at once, because `import()` would continue only when the event loop runs. Node finds it loaded when it imports it.
 * Some versions warn that this is new; in a process that did not wait nothing does.
 */
function loadModule(file: string): void {
  const warn: unknown = Reflect.get(process, 'emitWarning')
  process.emitWarning = () => {}
  try {
    createRequire(file)(file)
  } catch {
    // An option of Node can forbid it. Then it is loaded when the run starts.
  } finally {
    Reflect.set(process, 'emitWarning', warn)
  }
}

/** Until the end of the line; what there is if the server is gone. */
function readLine(): string {
  const chunks: Buffer[] = []
  const chunk = Buffer.alloc(65_536)
  for (;;) {
    const count = readSync(CHANNEL, chunk)
    chunks.push(Buffer.from(chunk.subarray(0, count)))
    if (count === 0 || chunk.subarray(0, count).includes(10)) return String(Buffer.concat(chunks))
  }
}
