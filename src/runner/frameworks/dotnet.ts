import path from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import type { RunnerExit, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { isOnPath } from '../program.ts'
import { fieldOf } from '../reporters/writer.ts'
import { locateTest } from '../reports/locate.ts'
import { loadFailureReport } from '../reports/load-failure.ts'
import { reasonFrom } from '../reports/reason.ts'
import { toReport, type ParsedTest } from '../reports/parsed-report.ts'
import { textOfFile } from '../text-file.ts'

/** `dotnet test` with xUnit, NUnit or MSTest. Its report is a TRX file. */
export const dotnet = {
  name: 'dotnet test',
  language: 'csharp',
  source: 'file',
  detect: view => view.names().find(name => /\.(?:cs|fs|vb)proj$|\.slnx?$/.test(name)),
  isTest: file => /Tests?\.(?:cs|fs|vb)$/.test(file),
  testPatterns: '*Test.cs or *Tests.cs (also .fs, .vb)',
  configuration: (view: PackageView) =>
    view
      .names()
      .filter(name => /\.(?:cs|fs|vb)proj$|\.runsettings$|^Directory\.Build\.props$/.test(name)),
  manifestKeys: [],
  snapshots: () => [],
  command(request) {
    if (!isOnPath('dotnet')) return undefined
    const { dir, base } = path.parse(request.report)
    const logger = [`--logger=trx;LogFileName=${base}`, `--results-directory=${dir}`]
    const env = { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' }
    return { argv: ['dotnet', 'test', '--nologo', ...logger, ...filter(request)], env }
  },
  install: 'Install the .NET SDK, so that the command dotnet is on the PATH.',
  parse,
} satisfies Framework

/** Tests are selected by the names of the classes in the requested files. */
function filter({ files, names }: TestRequest): string[] {
  if (files.length === 0) return []
  const classes = files.flatMap(file =>
    [...textOfFile(file).matchAll(/\bclass\s+(\w+)/g)].map(([, name = '']) => name),
  )
  const ofClasses = classes.map(name => `FullyQualifiedName~.${name}.`).join('|')
  const chosen = names
    .map(name => `FullyQualifiedName~.${name.split(' > ').at(-1) ?? name}`)
    .join('|')
  return ['--filter', chosen === '' ? ofClasses : `(${ofClasses})&(${chosen})`]
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: name => ['UnitTestResult', 'UnitTest'].includes(name),
})

function parse(
  text: string,
  request: TestRequest,
  { exitCode, signal, output }: RunnerExit,
): Report {
  const error = /\berror (?:CS|FS|BC)\d+: (.+?)(?: \[|$)/m.exec(output)
  if (text === '' && exitCode !== 0 && signal === null && error !== null)
    return loadFailureReport(error[1] ?? '', output, request)
  const run = runIn(text)
  const classes = new Map(
    listOf(fieldOf(fieldOf(run, 'TestDefinitions'), 'UnitTest')).map(test => [
      fieldOf(test, '@id'),
      String(fieldOf(fieldOf(test, 'TestMethod'), '@className')),
    ]),
  )
  const results = listOf(fieldOf(fieldOf(run, 'Results'), 'UnitTestResult'))
  return toReport(
    {
      tests: results.map(result =>
        parsedTest(result, classes.get(fieldOf(result, '@testId')), request),
      ),
      broken: [],
      unhandled: [],
      complete: /<\/TestRun>\s*$/.test(text),
    },
    request,
  )
}

function parsedTest(
  result: unknown,
  fullClassName: string | undefined,
  request: TestRequest,
): ParsedTest {
  const { file, className } = locateClass(fullClassName ?? '', request)
  const full = String(fieldOf(result, '@testName'))
  const name = [className, full.replace(`${fullClassName}.`, '')]
    .filter(part => part !== '')
    .join(' > ')
  const outcome = fieldOf(result, '@outcome')
  if (outcome === 'Passed') return { file, name, state: 'passed' }
  if (outcome !== 'Failed') return { file, name, state: 'skipped' }
  const info = fieldOf(fieldOf(result, 'Output'), 'ErrorInfo')
  const text = fieldOf(info, 'Message')
  const message = typeof text === 'string' ? text : ''
  const reason = /^(?:Assert\.|\s*Expected:)|Assert\w* [Ff]ail/m.test(message)
    ? 'assertion'
    : reasonFrom('', message)
  return { file, name, state: 'failed', reason, message }
}

/** The requested file that contains the class, otherwise the file with the name of the class. */
function locateClass(
  fullClassName: string,
  request: TestRequest,
): { file: string; className: string } {
  const className = fullClassName.split('.').at(-1) ?? fullClassName
  const file = request.files.find(one => textOfFile(one).includes(`class ${className}`))
  return file === undefined
    ? { file: locateTest({ classname: className }, request).file, className }
    : { file, className }
}

function runIn(text: string): unknown {
  try {
    return fieldOf(parser.parse(text), 'TestRun')
  } catch {
    return undefined
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
