import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import type { ReportedFailure } from './event.ts'
import { versionHere } from './version.ts'
import { fieldOf, messageOf, openReport, type Put } from './writer.ts'

/** The files that were asked for: Mocha adds those of its configuration to them. */
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

/** Tells what Mocha runs, while it runs it. Loaded by Mocha with `--reporter=<path>`. */
export default class MochaReporter {
  #put: Put
  #told = new Set<Node>()
  #files = new Set<string>()
  #loose: string[] = []

  constructor(runner: Runner, options: unknown) {
    const asked = process.env[FILES_VARIABLE]
    delete process.env[FILES_VARIABLE]
    this.#put = openReport()
    this.#put({ ev: 'run-start', runner: 'mocha', version: versionHere() })
    if (asked !== undefined) keepOnly(runner.suite, new Set(asked.split('\n')))
    printFor(runner, options)
    runner.on('test', test => this.#started(test))
    runner.on('pass', test => this.#tell(test, 'passed'))
    runner.on('pending', test => this.#tell(test, 'skipped'))
    runner.on('fail', (test, error) => this.#failed(test, error))
    runner.on('end', () => this.#end())
    // Mocha lets a test pass that leaves a rejected promise behind.
    process.on('unhandledRejection', error => this.#loose.push(messageOf(error)))
  }

  #started(test: Node): void {
    if (Number(fieldOf(test, '_currentRetry') ?? 0) > 0) return
    const name = fullName(test)
    this.#put({ ev: 'test-start', file: this.#fileOf(test), key: name, name })
  }

  #tell(test: Node, state: 'passed' | 'skipped' | 'unready'): void {
    this.#told.add(test)
    const name = fullName(test)
    this.#put({ ev: 'test', file: this.#fileOf(test), key: name, name, state })
  }

  #failed(node: Node, error: unknown): void {
    if (node.type === 'hook') {
      this.#hookFailed(node, error)
      return
    }
    this.#told.add(node)
    const name = fullName(node)
    const failure = { reason: reasonOf(error), message: messageOf(error) }
    this.#put({
      ev: 'test',
      file: this.#fileOf(node),
      key: name,
      name,
      state: 'failed',
      ...failure,
    })
  }

  /** A broken set-up takes with it all tests of its suite that have not been told. */
  #hookFailed(hook: Node, error: unknown): void {
    const current = fieldOf(fieldOf(hook, 'ctx'), 'currentTest')
    const lost = testsOf(hook.parent).filter(test => !this.#told.has(test))
    const file = this.#fileOf(hook)
    if (file === '') this.#loose.push(messageOf(error))
    else this.#put({ ev: 'hook-error', file, message: messageOf(error) })
    if (hook.title.startsWith('"after') && current === undefined) return
    for (const test of lost) this.#tell(test, 'unready')
  }

  #end(): void {
    for (const file of this.#files) this.#put({ ev: 'file-end', file, errors: [] })
    this.#put({ ev: 'run-end', unhandled: this.#loose })
  }

  #fileOf(node: Node): string {
    const file = fileAbove(node)
    if (file !== '') this.#files.add(file)
    return file
  }
}

function keepOnly(root: Node, asked: ReadonlySet<string>): void {
  const isAsked = (node: Node) => node.file === undefined || asked.has(path.resolve(node.file))
  root.suites = (root.suites ?? []).filter(isAsked)
  root.tests = (root.tests ?? []).filter(isAsked)
}

/** People read what Mocha's own reporter prints; it belongs to the Mocha that runs. */
function printFor(runner: Runner, options: unknown): void {
  try {
    const mocha: unknown = createRequire(process.argv[1] ?? '')('mocha')
    const spec = fieldOf(fieldOf(mocha, 'reporters'), 'Spec')
    if (typeof spec === 'function') Reflect.construct(spec, [runner, options])
  } catch {
    // Without it the run is as good, and the output shorter.
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
