import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import type { ReportedFailure } from './event.ts'
import { runningProgramVersion } from './version.ts'
import { differenceOf, fieldOf, messageOf, openReport, type WriteEvent } from './writer.ts'

/** Names the requested files. Mocha also loads the files from its configuration, which must not run. */
const FILES_VARIABLE = 'REDGREEN_FILES'

interface Node {
  title: string
  file?: string
  parent?: Node
  root?: boolean
  type?: string
  suites?: Node[]
  tests?: Node[]
}

interface Runner {
  suite: Node
  on(event: string, listener: (node: Node, error: unknown) => void): void
}

/** Reports a Mocha run while it is in progress. Mocha loads it with `--reporter=<path>`. */
export default class MochaReporter {
  #write: WriteEvent
  #reported = new Set<Node>()
  #files = new Set<string>()
  #unhandled: string[] = []

  constructor(runner: Runner, options: unknown) {
    const requested = process.env[FILES_VARIABLE]
    delete process.env[FILES_VARIABLE]
    this.#write = openReport()
    this.#write({ ev: 'run-start', runner: 'mocha', version: runningProgramVersion() })
    if (requested !== undefined) keepOnly(runner.suite, new Set(requested.split('\n')))
    printResults(runner, options)
    runner.on('test', test => this.#started(test))
    runner.on('pass', test => this.#writeResult(test, 'passed'))
    runner.on('pending', test => this.#writeResult(test, 'skipped'))
    runner.on('fail', (test, error) => this.#failed(test, error))
    runner.on('end', () => this.#end())
    // Mocha does not fail a test that leaves a rejected promise behind.
    process.on('unhandledRejection', error => this.#unhandled.push(messageOf(error)))
  }

  #started(test: Node): void {
    if (Number(fieldOf(test, '_currentRetry') ?? 0) > 0) return
    const name = fullName(test)
    this.#write({ ev: 'test-start', file: this.#fileOf(test), key: name, name })
  }

  #writeResult(test: Node, state: 'passed' | 'skipped' | 'unready'): void {
    this.#reported.add(test)
    const name = fullName(test)
    this.#write({ ev: 'test', file: this.#fileOf(test), key: name, name, state })
  }

  #failed(node: Node, error: unknown): void {
    if (node.type === 'hook') {
      this.#hookFailed(node, error)
      return
    }
    this.#reported.add(node)
    const name = fullName(node)
    const own = messageOf(error)
    const failure = { reason: reasonOf(error), message: own + differenceOf(error, own) }
    this.#write({
      ev: 'test',
      file: this.#fileOf(node),
      key: name,
      name,
      state: 'failed',
      ...failure,
    })
  }

  /** After a failed `before` or `beforeEach` hook, the remaining tests of its suite do not run. */
  #hookFailed(hook: Node, error: unknown): void {
    const current = fieldOf(fieldOf(hook, 'ctx'), 'currentTest')
    const remaining = testsOf(hook.parent).filter(test => !this.#reported.has(test))
    const file = this.#fileOf(hook)
    if (file === '') this.#unhandled.push(messageOf(error))
    else this.#write({ ev: 'hook-error', file, message: messageOf(error) })
    if (hook.title.startsWith('"after') && current === undefined) return
    for (const test of remaining) this.#writeResult(test, 'unready')
  }

  #end(): void {
    for (const file of this.#files) this.#write({ ev: 'file-end', file, errors: [] })
    this.#write({ ev: 'run-end', unhandled: this.#unhandled })
  }

  #fileOf(node: Node): string {
    const file = fileAbove(node)
    if (file !== '') this.#files.add(file)
    return file
  }
}

function keepOnly(root: Node, files: ReadonlySet<string>): void {
  const isRequested = (node: Node) => node.file === undefined || files.has(path.resolve(node.file))
  root.suites = (root.suites ?? []).filter(isRequested)
  root.tests = (root.tests ?? []).filter(isRequested)
}

/** Prints the results for humans with the spec reporter of the Mocha that is running. */
function printResults(runner: Runner, options: unknown): void {
  try {
    const mocha: unknown = createRequire(process.argv[1] ?? '')('mocha')
    const spec = fieldOf(fieldOf(mocha, 'reporters'), 'Spec')
    if (typeof spec === 'function') Reflect.construct(spec, [runner, options])
  } catch {
    // The printed results are not needed for the report.
  }
}

function fileAbove(node: Node): string {
  if (node.file !== undefined) return node.file
  return node.parent === undefined ? '' : fileAbove(node.parent)
}

function fullName(node: Node): string {
  return titlesOf(node).join(' > ')
}

function titlesOf(node: Node): string[] {
  const above = node.parent === undefined ? [] : titlesOf(node.parent)
  return node.root ? above : [...above, node.title]
}

function testsOf(suite: Node | undefined): Node[] {
  return [...(suite?.tests ?? []), ...(suite?.suites ?? []).flatMap(testsOf)]
}

function reasonOf(error: unknown): ReportedFailure['reason'] {
  if (fieldOf(error, 'code') === 'ERR_MOCHA_TIMEOUT') return 'timeout'
  const assertion =
    fieldOf(error, 'code') === 'ERR_ASSERTION' ||
    fieldOf(error, 'name') === 'AssertionError' ||
    fieldOf(error, 'matcherResult') !== undefined
  return assertion ? 'assertion' : 'error'
}
