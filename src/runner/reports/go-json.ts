import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import type { RunnerExit, Report, TestRequest } from '../framework.ts'
import { folderOfPackage, goModules } from '../frameworks/go-modules.ts'
import { toReport, type ParsedTest, type ParsedReport } from './parsed-report.ts'
import { textOfFile } from '../text-file.ts'
import { parseJson } from '../../plan/parse-json.ts'

/** Reads the output of `go test -json`, including lines that are not JSON and messages of the compiler. */
export function readGoJson(text: string, request: TestRequest, exit: RunnerExit): Report {
  const packages = new Map<string, GoPackage>()
  const otherLines: string[] = []
  for (const line of text.split('\n')) {
    const read = event.safeParse(parseJson(line))
    if (!read.success) otherLines.push(line)
    else if (read.data.Package !== undefined) {
      const goPackage = packages.get(read.data.Package) ?? new GoPackage(read.data.Package)
      packages.set(goPackage.name, goPackage.add(read.data))
    } else otherLines.push(read.data.Output ?? '')
  }
  const all = [...packages.values()]
  const printed = all.map(one => one.output).join('')
  const everything = `${otherLines.join('\n')}\n${exit.stderr}\n${printed}`
  const modules = goModules(request.cwd)
  const folderOf = (name: string) => folderOfPackage(name, modules)
  const broken = brokenIn(everything, request, folderOf)
  const built = all.filter(one => !broken.some(({ name }) => name === one.name))
  const report = toReport(
    {
      tests: built.flatMap(one => one.tests(folderOf(one.name))),
      open: built.flatMap(one => one.open(folderOf(one.name))),
      broken: broken.flatMap(one => one.files),
      unhandled: built.flatMap(one => one.errorsOutsideTests),
      complete: all.length + broken.length > 0 && built.every(one => one.ended !== undefined),
    },
    request,
  )
  return { ...report, output: printed.slice(-MAX_OUTPUT_LENGTH) || otherLines.join('\n') }
}

const MAX_OUTPUT_LENGTH = 8192

const event = z.object({
  Action: z.string(),
  Package: z.string().optional(),
  Test: z.string().optional(),
  Output: z.string().optional(),
})
type GoEvent = z.infer<typeof event>

/** The events of one package. */
class GoPackage {
  readonly name: string
  output = ''
  /** The last action of the package: `pass`, `fail` or `skip`. */
  ended: string | undefined
  #running = new Set<string>()
  /** What each test printed. */
  #outputs = new Map<string, string>()
  #results: { test: string; action: string }[] = []

  constructor(name: string) {
    this.name = name
  }

  add({ Action: action, Test: test, Output: output = '' }: GoEvent): this {
    if (action === 'output') this.output += output
    if (test === undefined) {
      if (ENDS.includes(action)) this.ended = action
      return this
    }
    if (action === 'output') this.#outputs.set(test, (this.#outputs.get(test) ?? '') + output)
    if (action === 'run') this.#running.add(test)
    if (!ENDS.includes(action)) return this
    this.#running.delete(test)
    this.#results.push({ test, action })
    return this
  }

  tests(folder: string): ParsedTest[] {
    const files = filesOfTests(folder)
    // Subtests end before the test that contains them.
    const sorted = this.#results.toSorted((a, b) =>
      a.test < b.test ? -1 : a.test > b.test ? 1 : 0,
    )
    return sorted.map(({ test, action }) => {
      const location = { file: fileOf(test, files, folder), name: nameOf(test) }
      if (action !== 'fail') return { ...location, state: action === 'pass' ? 'passed' : 'skipped' }
      return { ...location, state: 'failed', ...this.#failureOf(test) }
    })
  }

  /** Tests that started and did not end. */
  open(folder: string): Pick<ParsedTest, 'file' | 'name'>[] {
    const files = filesOfTests(folder)
    return [...this.#running].map(test => ({
      file: fileOf(test, files, folder),
      name: nameOf(test),
    }))
  }

  /** The error of a package that fails although none of its tests failed. */
  get errorsOutsideTests(): string[] {
    if (this.ended !== 'fail' || this.#running.size > 0) return []
    if (this.#results.some(({ action }) => action === 'fail')) return []
    const line = this.output.split('\n').find(one => /panic: |FAIL|exit status/.test(one))
    return [`${this.name}: ${line ?? 'the package failed and none of its tests did'}`]
  }

  #failureOf(test: string): Pick<ParsedTest, 'reason' | 'message'> {
    const subtests = [...this.#outputs].filter(([name]) => name.startsWith(`${test}/`))
    const own = this.#outputs.get(test) ?? ''
    const output = messageIn(own) === '' ? subtests.map(([, text]) => text).join('') : own
    const message = messageIn(output)
    if (/unexpected call to os\.Exit/.test(output)) return { reason: 'crash', message }
    if (/panic: test timed out/.test(output)) return { reason: 'timeout', message }
    // Go has no assertions, so a test that reports a failure counts as a failed assertion.
    return { reason: /^panic: /m.test(output) ? 'error' : 'assertion', message }
  }
}

const ENDS = ['pass', 'fail', 'skip']

/** The line of a test's output that names the failure. */
function messageIn(output: string): string {
  const lines = output.split('\n').filter(line => !/^\s*(?:===|---) |^\s*$|^\s*FAIL/.test(line))
  return (lines.find(line => /panic: /.test(line)) ?? lines[0] ?? '').trim()
}

function nameOf(test: string): string {
  return test.split('/').join(' > ')
}

function fileOf(test: string, files: ReadonlyMap<string, string>, folder: string): string {
  return files.get(test.split('/')[0] ?? '') ?? path.join(folder, 'unknown_test.go')
}

/** The file of every test function of a package, because Go's events do not name files. */
function filesOfTests(folder: string): Map<string, string> {
  return new Map(
    testFilesIn(folder).flatMap(file =>
      testFunctions(textOfFile(file)).map(name => [name, file] as const),
    ),
  )
}

/** Names of the functions of a test file that Go runs as tests. */
export function testFunctions(text: string): string[] {
  return [...text.matchAll(/^func ((?:Test|Example|Fuzz)\w*)\s*\(/gm)].flatMap(([, name]) =>
    name === undefined || name === 'TestMain' ? [] : [name],
  )
}

function testFilesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter(name => name.endsWith('_test.go'))
  return names.map(name => path.join(folder, name))
}

interface BrokenPackage {
  name: string
  files: ParsedReport['broken']
}

/** Packages that could not be built, with the requested test files in them, or with all of their test files. */
function brokenIn(
  output: string,
  request: TestRequest,
  folderOf: (name: string) => string,
): BrokenPackage[] {
  const names = new Set(
    [...output.matchAll(/^FAIL\t(\S+) \[(?:build|setup) failed\]/gm)].map(([, name]) => name ?? ''),
  )
  return [...names].map(name => {
    const tests = testFilesIn(folderOf(name))
    const requested = tests.filter(file => request.files.includes(file))
    const errors = [...output.matchAll(/^(\S+\.go)(:\d+)(?::\d+)?: (.+)$/gm)].map(
      ([, name = '', line = '', text = '']) => {
        const file = path.resolve(request.cwd, name)
        return { file, text: `${text}\n${file}${line}` }
      },
    )
    const files = (requested.length > 0 ? requested : tests).map(file => {
      const error = errors.find(one => one.file === file) ?? errors[0]
      return { file, message: error?.text ?? firstError(output) }
    })
    return { name, files }
  })
}

function firstError(output: string): string {
  const lines = output.split('\n').map(line => line.trim())
  return lines.find(line => line !== '' && !/^(?:#|FAIL)/.test(line)) ?? 'The build failed.'
}
