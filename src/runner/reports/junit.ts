import { XMLParser } from 'fast-xml-parser'
import type { Report, TestRequest } from '../framework.ts'
import { fieldOf } from '../reporters/writer.ts'
import { locate } from './locate.ts'
import { reasonFrom } from './reason.ts'
import { toReport, type ParsedTest, type ParsedReport } from './parsed-report.ts'

/** How a runner writes JUnit's XML. */
interface Dialect {
  /** Folders below the working directory that class names begin in. */
  roots?: readonly string[]
  /** The names of the suites around a test are part of its own: those within the suite that is named by the file. */
  suites?: true
  /** What another source says of tests that the XML says too little of. */
  reasonOf?: (title: string, text: string) => ParsedTest['reason']
  /** Where the test of this name and class is, and what it is called there. */
  placeOf?: (title: string, classname: string) => Pick<ParsedTest, 'file' | 'name'>
}

/** Reads JUnit's XML, of one file or of several one after the other. It tells less than it seems: see docs/runners.md. */
export function readJunit(text: string, request: TestRequest, dialect: Dialect = {}): Report {
  const documents = text.split(/(?=<\?xml )/).filter(part => part.trim() !== '')
  const read = documents.map(part => parse(part))
  const suites = read.flatMap(part => suitesIn(part))
  const cases = suites.flatMap(suite => casesIn(suite, []))
  const all = cases.map(one => parsedTest(one, request, dialect))
  return toReport(
    {
      tests: all.flatMap(one => ('state' in one ? [one] : [])),
      broken: all.flatMap(one => ('state' in one ? [] : [one])),
      unhandled: suites.flatMap(suite => looseErrors(suite)),
      complete: documents.length > 0 && documents.every(isWhole) && read.every(part => part),
    },
    request,
  )
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  // Numbered characters too: a name may have a line break.
  htmlEntities: true,
  isArray: name => ['testsuites', 'testsuite', 'testcase', ...MARKS].includes(name),
})
const MARKS = ['failure', 'error', 'skipped']

function parse(text: string): unknown {
  try {
    const read: unknown = parser.parse(text)
    return read
  } catch {
    // What is no XML is no whole report either.
    return undefined
  }
}

/** A parser takes half a document for a whole one. */
function isWhole(text: string): boolean {
  return /<\/testsuites?>\s*(?:<!--[^]*?-->\s*)?$|<testsuites?(?:\s[^<>]*)?\/>\s*$/.test(
    text.slice(-4096),
  )
}

function suitesIn(node: unknown): unknown[] {
  return [...listOf(fieldOf(node, 'testsuites')), ...listOf(fieldOf(node, 'testsuite'))]
}

interface Case {
  node: unknown
  /** The innermost file that a suite around it names. */
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
  dialect: Dialect,
): ParsedTest | ParsedReport['broken'][number] {
  const classname = attribute(node, 'classname') ?? attribute(node, 'class') ?? suites.at(-1)
  const title = attribute(node, 'name') ?? ''
  const path = attribute(node, 'file') ?? file
  const known = dialect.placeOf?.(title, classname ?? '')
  const place = known
    ? { file: known.file, rest: [] }
    : locate({ file: path, classname }, request, dialect.roots)
  const within = dialect.suites ? suites.slice(suites.indexOf(path ?? '') + 1) : place.rest
  const name = known?.name ?? [...within, title].join(' > ')
  const [failure, error, skipped] = MARKS.map(mark => listOf(fieldOf(node, mark))[0])
  const bad = error ?? failure
  // Where the test of a name is known, a name with a slash is a name.
  if (bad !== undefined && known === undefined && isAboutFile(bad, title, [classname, path]))
    return { file: place.file, message: textOf(bad) }
  if (skipped !== undefined) {
    const isTodo = attribute(skipped, 'type') === 'todo' || attribute(skipped, 'message') === 'todo'
    return { file: place.file, name, state: isTodo ? 'todo' : 'skipped' }
  }
  if (['notrun', 'disabled', 'skipped'].includes(attribute(node, 'status') ?? ''))
    return { file: place.file, name, state: 'skipped' }
  if (bad === undefined) return { file: place.file, name, state: 'passed' }
  const message = textOf(bad)
  if (/^failed on (?:setup|teardown)/.test(message))
    return { file: place.file, name, state: 'failed', reason: 'hook', message }
  const said = `${message}\n${textOf(fieldOf(node, 'system-out'))}`
  const told = dialect.reasonOf?.(title, said)
  const reason = told ?? reasonFrom(attribute(bad, 'type') ?? '', message)
  return { file: place.file, name, state: 'failed', reason, message }
}

/** Some runners tell a file that could not be loaded as if it were a test that failed. */
function isAboutFile(bad: unknown, title: string, places: (string | undefined)[]): boolean {
  const message = attribute(bad, 'message') ?? ''
  return (
    message === 'collection failure' ||
    /_FailedTest/.test(places[0] ?? '') ||
    (/[\\/]|\.\w+$/.test(title) && places.includes(title))
  )
}

/** Errors of a suite that belong to no test. */
function looseErrors(suite: unknown): string[] {
  return [
    ...listOf(fieldOf(suite, 'error')).map(textOf),
    ...listOf(fieldOf(suite, 'testsuite')).flatMap(looseErrors),
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
