import { existsSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import type { Ending, Report, TestRequest } from '../framework.ts'
import { toReport, type ParsedTest } from './parsed-report.ts'

/**
 * Reads what `cargo test --message-format=json` prints: messages of the compiler as JSON, then what each test program
 * prints as text. Which program it is, cargo says on the standard error, in the same order.
 */
export function readCargo(text: string, request: TestRequest, ending: Ending): Report {
  const lines = text.split(/\r?\n/)
  const messages = lines.flatMap(line => messageIn(line))
  const programs = programsIn(ending.stderr, messages, request)
  const blocks = blocksIn(lines)
  const errors = messages.filter(({ message }) => message?.level === 'error')
  const isBuilt = messages.some(one => one.reason === 'build-finished' && one.success === true)
  const stopped = ending.exitCode !== 0 && ending.signal === null && !isBuilt
  const ran = !stopped && isBuilt
  return {
    ...toReport(
      {
        tests: blocks.flatMap((block, at) => testsOf(block, programs[at] ?? request.cwd)),
        broken: stopped ? brokenBy(errors, ending, request) : [],
        unhandled: [],
        complete: stopped || (ran && blocks.length === programs.length && blocks.every(isWhole)),
      },
      request,
    ),
    said:
      lines
        .filter(line => !line.startsWith('{"'))
        .join('\n')
        .slice(-LONGEST) || errorsIn(errors),
  }
}

const LONGEST = 8192

const message = z.object({
  reason: z.string(),
  success: z.boolean().optional(),
  executable: z.string().nullish(),
  target: z.object({ src_path: z.string() }).optional(),
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
    // A test may print what begins like JSON.
    return []
  }
}

/** The main source file of every test program, in the order in which they were started. */
function programsIn(stderr: string, messages: Message[], { cwd }: TestRequest): string[] {
  const sources = new Map(
    messages.flatMap(({ executable, target }) =>
      executable && target ? [[path.basename(executable), target.src_path] as const] : [],
    ),
  )
  const started = stderr.matchAll(
    /^\s+(?:Running (?:unittests )?(\S+) \(([^)]+)\)|Doc-tests (\S+))\s*$/gm,
  )
  return [...started].map(([, source = '', program = '', documented]) =>
    documented === undefined
      ? (sources.get(path.basename(program)) ?? path.resolve(cwd, source))
      : path.join(cwd, 'src', 'lib.rs'),
  )
}

interface Block {
  announced: number
  lines: string[]
  ended: boolean
}

/** What each test program printed, from `running 2 tests` to `test result:`. */
function blocksIn(lines: string[]): Block[] {
  const blocks: Block[] = []
  for (const line of lines) {
    const begin = /^running (\d+) tests?$/.exec(line)
    if (begin) blocks.push({ announced: Number(begin[1]), lines: [], ended: false })
    const block = blocks.at(-1)
    if (!block || begin) continue
    block.lines.push(line)
    if (line.startsWith('test result: ')) block.ended = true
  }
  return blocks
}

const RESULT = /^test (.+?)(?: - should panic(?: - .+?)?)? \.\.\. (ok|FAILED|ignored)(?:, .*)?$/

function isWhole({ announced, lines, ended }: Block): boolean {
  return ended && lines.filter(line => RESULT.test(line)).length === announced
}

function testsOf({ lines }: Block, source: string): ParsedTest[] {
  const results = lines.flatMap(line => {
    const [, name, end] = RESULT.exec(line) ?? []
    return name === undefined ? [] : [{ name, end }]
  })
  const words = lines.join('\n')
  // Threads end in any order; by name it is the same in every run.
  return results
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, end }) => {
      const place = cargoLocation(name, source)
      if (end !== 'FAILED') return { ...place, state: end === 'ok' ? 'passed' : 'skipped' }
      return { ...place, state: 'failed', ...failureOf(statedBy(name, words)) }
    })
}

/** A unit test's module says in which file it is. */
export function cargoLocation(name: string, source: string): Pick<ParsedTest, 'file' | 'name'> {
  const parts = name.split('::')
  const folder = path.dirname(source)
  for (let length = parts.length - 1; length > 0; length--) {
    const module = path.join(folder, ...parts.slice(0, length))
    const file = [`${module}.rs`, path.join(module, 'mod.rs')].find(one => existsSync(one))
    if (file !== undefined) return { file, name: parts.slice(length).join(' > ') }
  }
  return { file: source, name: parts.join(' > ') }
}

function statedBy(name: string, words: string): string {
  const begin = words.indexOf(`---- ${name} stdout ----\n`)
  if (begin < 0) return ''
  const said = words.slice(begin + name.length + 18)
  const end = said.search(/^(?:---- .+ stdout ----|failures:)$/m)
  return end < 0 ? said : said.slice(0, end)
}

function failureOf(said: string): Pick<ParsedTest, 'reason' | 'message'> {
  const panic =
    /panicked at [^\n]*\n?([^]*?)(?:\nnote: |\nstack backtrace:|$)/.exec(said)?.[1] ?? said
  const asserts = /assertion .*failed|did not panic|panic did not contain/.test(said)
  return { reason: asserts ? 'assertion' : 'error', message: panic.trim() || said.trim() }
}

/** What the compiler says of the requested files comes first; else of all of them. */
function brokenBy(errors: Message[], ending: Ending, request: TestRequest) {
  const files = request.files.length > 0 ? request.files : [request.cwd]
  const own = files.filter(file => errors.some(error => isAbout(error, file, request)))
  return (own.length > 0 ? own : files).map(file => {
    const about = errors.find(error => isAbout(error, file, request)) ?? errors[0]
    const said = /^error(?:\[\w+\])?: (.+)$/m.exec(ending.stderr)?.[1]
    return { file, message: about?.message?.message ?? said ?? 'It could not be built.' }
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
    .slice(0, LONGEST)
}
