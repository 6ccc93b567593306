import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import type { Ending, Report, TestRequest } from '../framework.ts'
import { toReport, type ParsedTest, type ParsedReport } from './parsed-report.ts'

/** Reads what `go test -json` prints, with its lines that are no JSON and with what the compiler says. */
export function readGoJson(text: string, request: TestRequest, ending: Ending): Report {
  const packages = new Map<string, GoPackage>()
  const notes: string[] = []
  for (const line of text.split('\n')) {
    const read = event.safeParse(parse(line))
    if (!read.success) notes.push(line)
    else if (read.data.Package !== undefined) {
      const known = packages.get(read.data.Package) ?? new GoPackage(read.data.Package)
      packages.set(known.name, known.take(read.data))
    } else notes.push(read.data.Output ?? '')
  }
  const all = [...packages.values()]
  const said = `${notes.join('\n')}\n${ending.stderr}\n${all.map(one => one.said).join('')}`
  const module = moduleOf(request.cwd)
  const folderOf = (name: string) => path.join(request.cwd, path.relative(module, name))
  const broken = brokenIn(said, request, folderOf)
  const ended = all.filter(one => !broken.some(({ name }) => name === one.name))
  const report = toReport(
    {
      tests: ended.flatMap(one => one.tests(folderOf(one.name))),
      open: ended.flatMap(one => one.open(folderOf(one.name))),
      broken: broken.flatMap(one => one.files),
      unhandled: ended.flatMap(one => one.loose),
      complete: all.length + broken.length > 0 && ended.every(one => one.ended !== undefined),
    },
    request,
  )
  return {
    ...report,
    said:
      all
        .map(one => one.said)
        .join('')
        .slice(-LONGEST) || notes.join('\n'),
  }
}

const LONGEST = 8192

const event = z.object({
  Action: z.string(),
  Package: z.string().optional(),
  Test: z.string().optional(),
  Output: z.string().optional(),
})
type GoEvent = z.infer<typeof event>

/** What is told of one package. */
class GoPackage {
  readonly name: string
  said = ''
  ended: string | undefined
  #running = new Set<string>()
  #words = new Map<string, string>()
  #told: { test: string; action: string }[] = []

  constructor(name: string) {
    this.name = name
  }

  take({ Action: action, Test: test, Output: output = '' }: GoEvent): this {
    if (action === 'output') this.said += output
    if (test === undefined) {
      if (ENDS.includes(action)) this.ended = action
      return this
    }
    if (action === 'output') this.#words.set(test, (this.#words.get(test) ?? '') + output)
    if (action === 'run') this.#running.add(test)
    if (!ENDS.includes(action)) return this
    this.#running.delete(test)
    this.#told.push({ test, action })
    return this
  }

  tests(folder: string): ParsedTest[] {
    const files = filesOfTests(folder)
    // Inner tests end before the test that holds them.
    const sorted = this.#told.toSorted((a, b) => (a.test < b.test ? -1 : a.test > b.test ? 1 : 0))
    return sorted.map(({ test, action }) => {
      const place = { file: fileOf(test, files, folder), name: nameOf(test) }
      if (action !== 'fail') return { ...place, state: action === 'pass' ? 'passed' : 'skipped' }
      return { ...place, state: 'failed', ...this.#failureOf(test) }
    })
  }

  /** Tests that were begun and did not end. */
  open(folder: string): Pick<ParsedTest, 'file' | 'name'>[] {
    const files = filesOfTests(folder)
    return [...this.#running].map(test => ({
      file: fileOf(test, files, folder),
      name: nameOf(test),
    }))
  }

  /** A package that fails, and none of its tests did. */
  get loose(): string[] {
    if (this.ended !== 'fail' || this.#running.size > 0) return []
    if (this.#told.some(({ action }) => action === 'fail')) return []
    const line = this.said.split('\n').find(one => /panic: |FAIL|exit status/.test(one))
    return [`${this.name}: ${line ?? 'it failed and none of its tests did'}`]
  }

  #failureOf(test: string): Pick<ParsedTest, 'reason' | 'message'> {
    const inner = [...this.#words].filter(([name]) => name.startsWith(`${test}/`))
    const own = this.#words.get(test) ?? ''
    const words = statedBy(own) === '' ? inner.map(([, said]) => said).join('') : own
    const message = statedBy(words)
    if (/unexpected call to os\.Exit/.test(words)) return { reason: 'crash', message }
    if (/panic: test timed out/.test(words)) return { reason: 'timeout', message }
    // Go knows no assertions: a test that says that it fails has one.
    return { reason: /^panic: /m.test(words) ? 'error' : 'assertion', message }
  }
}

const ENDS = ['pass', 'fail', 'skip']

function statedBy(words: string): string {
  const lines = words.split('\n').filter(line => !/^\s*(?:===|---) |^\s*$|^\s*FAIL/.test(line))
  return (lines.find(line => /panic: /.test(line)) ?? lines[0] ?? '').trim()
}

function nameOf(test: string): string {
  return test.split('/').join(' > ')
}

function fileOf(test: string, files: ReadonlyMap<string, string>, folder: string): string {
  return files.get(test.split('/')[0] ?? '') ?? path.join(folder, 'unknown_test.go')
}

/** The file of every test function of a package: Go does not tell. */
function filesOfTests(folder: string): Map<string, string> {
  return new Map(
    testFilesIn(folder).flatMap(file =>
      testFunctions(readFileSync(file, 'utf8')).map(name => [name, file] as const),
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

/** Packages that could not be built, with the files that are to blame, else all of their tests. */
function brokenIn(
  said: string,
  request: TestRequest,
  folderOf: (name: string) => string,
): BrokenPackage[] {
  const names = new Set(
    [...said.matchAll(/^FAIL\t(\S+) \[(?:build|setup) failed\]/gm)].map(([, name]) => name ?? ''),
  )
  return [...names].map(name => {
    const tests = testFilesIn(folderOf(name))
    const asked = tests.filter(file => request.files.includes(file))
    const errors = [...said.matchAll(/^(\S+\.go):\d+(?::\d+)?: (.+)$/gm)].map(
      ([, file = '', text = '']) => ({ file: path.resolve(request.cwd, file), text }),
    )
    const files = (asked.length > 0 ? asked : tests).map(file => {
      const own = errors.find(error => error.file === file) ?? errors[0]
      return { file, message: own?.text ?? firstError(said) }
    })
    return { name, files }
  })
}

function firstError(said: string): string {
  const lines = said.split('\n').map(line => line.trim())
  return lines.find(line => line !== '' && !/^(?:#|FAIL)/.test(line)) ?? 'It could not be built.'
}

function moduleOf(cwd: string): string {
  const file = path.join(cwd, 'go.mod')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return /^module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? ''
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
