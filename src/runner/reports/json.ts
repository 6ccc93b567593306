import * as z from 'zod'
import type { Report, TestRequest } from '../framework.ts'
import type { TestState } from '../reporters/event.ts'
import { locateTest } from './locate.ts'
import { reasonFrom } from './reason.ts'
import { toReport, type ParsedTest } from './parsed-report.ts'
import { parseJson } from '../../plan/parse-json.ts'

/** Reads the JSON report of Vitest and Jest. It does not contain errors outside of tests; only the exit code shows them. */
export function readVitestJson(text: string, request: TestRequest): Report {
  // A killed runner leaves an incomplete report.
  const read = vitestJson.safeParse(parseJson(text))
  const files = read.data?.testResults ?? []
  const broken = files.filter(
    file => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return toReport(
    {
      tests: files.flatMap(file => file.assertionResults.map(test => vitestTest(file.name, test))),
      broken: broken
        .filter(
          ({ message }) => !/No test (?:suite )?found in|must contain at least one/.test(message),
        )
        .map(({ name, message }) => ({ file: name, message })),
      unhandled: [],
      complete: read.success,
    },
    request,
  )
}

const vitestJson = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()).default([]),
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

type VitestFile = z.infer<typeof vitestJson>['testResults'][number]

function vitestTest(file: string, test: VitestFile['assertionResults'][number]): ParsedTest {
  const name = [...test.ancestorTitles.filter(title => title !== ''), test.title].join(' > ')
  return parsedTest({ file, name }, stateOf(test.status), test.failureMessages?.[0] ?? '')
}

/** Reads a report in the Common Test Report Format. */
export function readCtrf(text: string, request: TestRequest): Report {
  const read = ctrf.safeParse(parseJson(text))
  const { tests = [], summary } = read.data?.results ?? {}
  return toReport(
    {
      tests: tests.map(test => ctrfTest(test, request)),
      broken: [],
      unhandled: [],
      complete: read.success && (summary?.tests ?? tests.length) === tests.length,
    },
    request,
  )
}

const ctrf = z.object({
  results: z.object({
    summary: z.object({ tests: z.number() }).optional(),
    tests: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        suite: z.union([z.string(), z.array(z.string())]).optional(),
        filePath: z.string().optional(),
        message: z.string().optional(),
        trace: z.string().optional(),
      }),
    ),
  }),
})

type CtrfTest = z.infer<typeof ctrf>['results']['tests'][number]

function ctrfTest(test: CtrfTest, request: TestRequest): ParsedTest {
  const { file } = locateTest({ file: test.filePath }, request)
  const suites = typeof test.suite === 'string' ? [test.suite] : (test.suite ?? [])
  const within = suites
    .flatMap(suite => suite.split(' > '))
    .filter(suite => !`/${file}`.endsWith(`/${suite}`))
  const name = [...within, test.name].join(' > ')
  const message = [test.message, test.trace].filter(part => part !== undefined).join('\n')
  return parsedTest({ file, name }, stateOf(test.status), message)
}

function parsedTest(
  location: Pick<ParsedTest, 'file' | 'name'>,
  state: TestState,
  text: string,
): ParsedTest {
  if (state !== 'failed') return { ...location, state }
  return { ...location, state, reason: reasonFrom('', text), message: text }
}

function stateOf(status: string): TestState {
  if (status === 'passed') return 'passed'
  if (status === 'todo') return 'todo'
  return ['skipped', 'pending', 'disabled'].includes(status) ? 'skipped' : 'failed'
}
