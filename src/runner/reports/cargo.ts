import { existsSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import type { RunnerExit, Report, TestRequest } from '../framework.ts'
import { toReport, type ParsedTest } from './parsed-report.ts'

/**
 * Reads the output of `cargo test --message-format=json`: compiler messages as JSON, then the text that each test program
 * prints. Cargo names the programs on the standard error, in the same order.
 */
export function readCargo(text: string, request: TestRequest, exit: RunnerExit): Report {
  const lines = text.split(/\r?\n/)
  const messages = lines.flatMap(line => messageIn(line))
  const programs = programsIn(exit.stderr, messages, request)
  const blocks = blocksIn(lines)
  const errors = messages.filter(({ message }) => message?.level === 'error')
  const isBuilt = messages.some(one => one.reason === 'build-finished' && one.success === true)
  const buildFailed = exit.exitCode !== 0 && exit.signal === null && !isBuilt
  const ran = !buildFailed && isBuilt
  return {
    ...toReport(
      {
        tests: blocks.flatMap((block, at) => testsOf(block, programs[at] ?? request.cwd)),
        broken: buildFailed ? brokenBy(errors, exit, request) : [],
        unhandled: [],
        complete:
          buildFailed || (ran && blocks.length === programs.length && blocks.every(isComplete)),
      },
      request,
    ),
    output:
      lines
        .filter(line => !line.startsWith('{"'))
        .join('\n')
        .slice(-MAX_OUTPUT_LENGTH) || errorsIn(errors),
  }
}

const MAX_OUTPUT_LENGTH = 8192

const message = z.object({
  reason: z.string(),
  success: z.boolean().optional(),
  executable: z.string().nullish(),
  target: z
    .object({ src_path: z.string(), name: z.string(), kind: z.array(z.string()) })
    .partial({ name: true, kind: true })
    .optional(),
  message: z
    .object({
      message: z.string(),
      level: z.string(),
      rendered: z.string().nullish(),
      spans: z.array(z.object({ file_name: z.string() })),
    })
    .optional(),
})
type Message = z.infer<typeof message>

function messageIn(line: string): Message[] {
  if (!line.startsWith('{"')) return []
  try {
    const read = message.safeParse(JSON.parse(line))
    return read.success ? [read.data] : []
  } catch {
    // A test printed a line that only starts like JSON.
    return []
  }
}

/** The main source files of the test programs, in the order in which the programs were started. */
function programsIn(stderr: string, messages: Message[], { cwd }: TestRequest): string[] {
  const sources = new Map(
    messages.flatMap(({ executable, target }) =>
      executable && target ? [[path.basename(executable), target.src_path] as const] : [],
    ),
  )
  const started = stderr.matchAll(
    /^[ \t]+(?:Running (?:unittests )?(\S+) \(([^)]+)\)|Doc-tests (\S+))[ \t\r]*$/gm,
  )
  return [...started].map(([, source = '', program = '', documented]) =>
    documented === undefined
      ? (sources.get(path.basename(program)) ?? path.resolve(cwd, source))
      : (libraryNamed(documented, messages) ?? path.join(cwd, 'src', 'lib.rs')),
  )
}

/** The main source file of a library of the workspace. */
function libraryNamed(name: string, messages: readonly Message[]): string | undefined {
  const library = messages.find(
    ({ target }) =>
      target?.name?.replaceAll('-', '_') === name.replaceAll('-', '_') &&
      target.kind?.some(kind => /lib|proc-macro/.test(kind)),
  )
  return library?.target?.src_path
}

interface Block {
  testCount: number
  lines: string[]
  ended: boolean
}

/** The output of each test program, from `running 2 tests` to `test result:`. */
function blocksIn(lines: string[]): Block[] {
  const blocks: Block[] = []
  for (const line of lines) {
    const begin = /^running (\d+) tests?$/.exec(line)
    if (begin) blocks.push({ testCount: Number(begin[1]), lines: [], ended: false })
    const block = blocks.at(-1)
    if (!block || begin) continue
    block.lines.push(line)
    if (line.startsWith('test result: ')) block.ended = true
  }
  return blocks
}

const RESULT = /^test (.+?)(?: - should panic(?: - .+?)?)? \.\.\. (ok|FAILED|ignored)(?:, .*)?$/

function isComplete({ testCount, lines, ended }: Block): boolean {
  return ended && lines.filter(line => RESULT.test(line)).length === testCount
}

function testsOf({ lines }: Block, source: string): ParsedTest[] {
  const results = lines.flatMap(line => {
    const [, name, end] = RESULT.exec(line) ?? []
    return name === undefined ? [] : [{ name, end }]
  })
  const text = lines.join('\n')
  // Tests run in threads and end in any order, so they are sorted by name.
  return results
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, end }) => {
      const location = locateCargoTest(name, source)
      if (end !== 'FAILED') return { ...location, state: end === 'ok' ? 'passed' : 'skipped' }
      return { ...location, state: 'failed', ...failureOf(outputOf(name, text)) }
    })
}

/** Finds the file of a unit test by its module. `source` is the main source file of the test program. */
export function locateCargoTest(name: string, source: string): Pick<ParsedTest, 'file' | 'name'> {
  const parts = name.split('::')
  const folder = path.dirname(source)
  for (let length = parts.length - 1; length > 0; length--) {
    const module = path.join(folder, ...parts.slice(0, length))
    const file = [`${module}.rs`, path.join(module, 'mod.rs')].find(one => existsSync(one))
    if (file !== undefined) return { file, name: parts.slice(length).join(' > ') }
  }
  return { file: source, name: parts.join(' > ') }
}

/** What a test printed, from the section of failures. */
function outputOf(name: string, text: string): string {
  const begin = text.indexOf(`---- ${name} stdout ----\n`)
  if (begin < 0) return ''
  const rest = text.slice(begin + name.length + 18)
  const end = rest.search(/^(?:---- .+ stdout ----|failures:)$/m)
  return end < 0 ? rest : rest.slice(0, end)
}

function failureOf(output: string): Pick<ParsedTest, 'reason' | 'message'> {
  const panic =
    /panicked at [^\n]*\n?([^]*?)(?:\nnote: |\nstack backtrace:|$)/.exec(output)?.[1] ?? output
  const isAssertion = /assertion .*failed|did not panic|panic did not contain/.test(output)
  return { reason: isAssertion ? 'assertion' : 'error', message: panic.trim() || output.trim() }
}

/** The requested files that the compiler errors name, or all requested files if they name none. */
function brokenBy(errors: Message[], exit: RunnerExit, request: TestRequest) {
  const files = request.files.length > 0 ? request.files : [request.cwd]
  const own = files.filter(file => errors.some(error => isAbout(error, file, request)))
  return (own.length > 0 ? own : files).map(file => {
    const about = errors.find(error => isAbout(error, file, request)) ?? errors[0]
    const error = /^error(?:\[\w+\])?: (.+)$/m.exec(exit.stderr)?.[1]
    return { file, message: about?.message?.message ?? error ?? 'The build failed.' }
  })
}

function isAbout({ message }: Message, file: string, { cwd }: TestRequest): boolean {
  const places = message?.spans.map(span => span.file_name) ?? []
  return places.some(place => path.resolve(cwd, place) === file || file.endsWith(`/${place}`))
}

function errorsIn(errors: Message[]): string {
  return errors
    .map(({ message }) => message?.rendered ?? '')
    .join('\n')
    .slice(0, MAX_OUTPUT_LENGTH)
}
