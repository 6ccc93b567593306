import { XMLParser } from 'fast-xml-parser'
import type { Report, TestRequest } from '../framework.ts'
import { fieldOf } from '../reporters/writer.ts'
import { locateTest } from './locate.ts'
import { reasonFrom } from './reason.ts'
import { toReport, type ParsedTest, type ParsedReport } from './parsed-report.ts'

/** How a runner uses the JUnit XML format. */
interface JunitVariant {
  /** Folders below the working directory at which class names start. */
  roots?: readonly string[]
  /** The names of the suites within the suite of the file are part of a test's name. */
  suites?: true
  /** Why a test failed, if the runner's other output says more than the XML. */
  reasonOf?: (title: string, text: string) => ParsedTest['reason']
  /** The file and the name of a test, if they are known in another way than from the XML. */
  locationOf?: (title: string, classname: string) => Pick<ParsedTest, 'file' | 'name'>
}

/** Reads JUnit XML: one document, or several that are concatenated. The limits of the format are in docs/runners.md. */
export function readJunit(text: string, request: TestRequest, variant: JunitVariant = {}): Report {
  const documents = text.split(/(?=<\?xml )/).filter(part => part.trim() !== '')
  const read = documents.map(part => parse(part))
  const suites = read.flatMap(part => suitesIn(part))
  const cases = suites.flatMap(suite => casesIn(suite, []))
  const all = cases.map(one => parsedTest(one, request, variant))
  return toReport(
    {
      tests: all.flatMap(one => ('state' in one ? [one] : [])),
      broken: all.flatMap(one => ('state' in one ? [] : [one])),
      unhandled: suites.flatMap(suite => suiteErrors(suite)),
      complete: documents.length > 0 && documents.every(isComplete) && read.every(part => part),
    },
    request,
  )
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  // Decodes numeric entities too, because a name may contain a line break.
  htmlEntities: true,
  isArray: name => ['testsuites', 'testsuite', 'testcase', ...MARKS].includes(name),
})
const MARKS = ['failure', 'error', 'skipped']

function parse(text: string): unknown {
  try {
    const read: unknown = parser.parse(text)
    return read
  } catch {
    // Text that is not XML is not a complete report.
    return undefined
  }
}

/** Checked separately, because the parser accepts a document that is cut off. */
function isComplete(text: string): boolean {
  return /<\/testsuites?>\s*(?:<!--[^]*?-->\s*)?$|<testsuites?(?:\s[^<>]*)?\/>\s*$/.test(
    text.slice(-4096),
  )
}

function suitesIn(node: unknown): unknown[] {
  return [...listOf(fieldOf(node, 'testsuites')), ...listOf(fieldOf(node, 'testsuite'))]
}

interface Case {
  node: unknown
  /** The file that the innermost enclosing suite names. */
  file?: string | undefined
  suites: string[]
}

function casesIn(suite: unknown, suites: string[], file?: string): Case[] {
  const own = attribute(suite, 'file') ?? attribute(suite, 'filepath') ?? file
  const name = attribute(suite, 'name')
  const within = name === undefined ? suites : [...suites, name]
  return [
    ...listOf(fieldOf(suite, 'testcase')).map(node => ({ node, file: own, suites: within })),
    ...listOf(fieldOf(suite, 'testsuite')).flatMap(inner => casesIn(inner, within, own)),
  ]
}

function parsedTest(
  { node, file, suites }: Case,
  request: TestRequest,
  variant: JunitVariant,
): ParsedTest | ParsedReport['broken'][number] {
  const classname = attribute(node, 'classname') ?? attribute(node, 'class') ?? suites.at(-1)
  const title = attribute(node, 'name') ?? ''
  const path = attribute(node, 'file') ?? file
  const known = variant.locationOf?.(title, classname ?? '')
  const { file: testFile, rest } = known
    ? { file: known.file, rest: [] }
    : locateTest({ file: path, classname }, request, variant.roots)
  const within = variant.suites ? suites.slice(suites.indexOf(path ?? '') + 1) : rest
  const name = known?.name ?? [...within, title].join(' > ')
  const [failure, error, skipped] = MARKS.map(mark => listOf(fieldOf(node, mark))[0])
  const mark = error ?? failure
  // If the location is known, a title with a slash is an ordinary test name.
  if (mark !== undefined && known === undefined && isLoadError(mark, title, [classname, path]))
    return { file: testFile, message: textOf(mark) }
  if (skipped !== undefined) {
    const isTodo = attribute(skipped, 'type') === 'todo' || attribute(skipped, 'message') === 'todo'
    return { file: testFile, name, state: isTodo ? 'todo' : 'skipped' }
  }
  if (['notrun', 'disabled', 'skipped'].includes(attribute(node, 'status') ?? ''))
    return { file: testFile, name, state: 'skipped' }
  if (mark === undefined) return { file: testFile, name, state: 'passed' }
  const message = textOf(mark)
  if (/^failed on (?:setup|teardown)/.test(message))
    return { file: testFile, name, state: 'failed', reason: 'hook', message }
  const output = `${message}\n${textOf(fieldOf(node, 'system-out'))}`
  const reason =
    variant.reasonOf?.(title, output) ?? reasonFrom(attribute(mark, 'type') ?? '', message)
  return { file: testFile, name, state: 'failed', reason, message }
}

/** Some runners report a file that could not be loaded as if it were a failed test. */
function isLoadError(mark: unknown, title: string, names: (string | undefined)[]): boolean {
  const message = attribute(mark, 'message') ?? ''
  return (
    message === 'collection failure' ||
    /_FailedTest/.test(names[0] ?? '') ||
    /Test suite failed to run/.test(title + (names[0] ?? '')) ||
    (/[\\/]|\.\w+$/.test(title) && names.includes(title))
  )
}

/** Errors of a suite that belong to no test. */
function suiteErrors(suite: unknown): string[] {
  return [
    ...listOf(fieldOf(suite, 'error')).map(textOf),
    ...listOf(fieldOf(suite, 'testsuite')).flatMap(suiteErrors),
  ]
}

function textOf(mark: unknown): string {
  if (typeof mark === 'string') return mark
  const body = fieldOf(mark, '#text')
  const parts = [attribute(mark, 'message'), typeof body === 'string' ? body : undefined]
  return parts.filter(part => part !== undefined && part !== '').join('\n')
}

function attribute(node: unknown, name: string): string | undefined {
  const value = fieldOf(node, `@${name}`)
  return typeof value === 'string' ? value : undefined
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
