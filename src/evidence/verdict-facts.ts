import { countOf, formatList } from '../plan/format-list.ts'
import { countTests, type Outcome } from './outcome.ts'

/** What a run was asked for, for its message. Without names, all tests of the files. */
export interface RequestedTests {
  files: readonly string[]
  names: readonly string[]
}

export function noTestsFact(outcome: Outcome, requested: RequestedTests | undefined): string {
  const { skipped } = countTests(outcome)
  const { files = ['the run'], names = [] } = requested ?? {}
  const where = formatList(files, 3)
  if (skipped > 0)
    return `No test ran in ${where}: ${countOf(skipped, 'test')} ${skipped === 1 ? 'is' : 'are'} skipped or marked as todo.`
  const quoted = names.map(name => `"${name}"`)
  const what = names.length > 0 ? `named ${formatList(quoted, 3)}` : 'that the test runner finds'
  return `No test ran: ${where} ${files.length === 1 ? 'has' : 'have'} no test ${what}.`
}

export function loadFact(outcome: Outcome): string {
  const files = outcome.loadErrors.map(({ file }) => file)
  const { message = 'unknown', place, syntax } = outcome.loadErrors[0] ?? {}
  const at = place === undefined || message.includes(place) ? '' : ` (${place})`
  const kind = syntax && !/syntax ?error/i.test(message) ? 'a syntax error, ' : ''
  return `${formatList(files, 1)} could not be loaded: ${kind}${message.replace(/\.$/, '')}${at}.`
}

export function failFact(failed: readonly { id: string; message?: string | undefined }[]): string {
  const [first] = failed
  const message = first?.message ? `: ${first.message}` : ''
  return `${failed.length} failed, first "${first?.id ?? ''}"${message}.`
}

export function testsFact(what: string, tests: readonly { id: string }[]): string {
  const ids = tests.map(({ id }) => `"${id}"`)
  return `These tests ${what}: ${formatList(ids, 1)}.`
}

export function filesOf(outcome: Outcome): string {
  return [...new Set(outcome.tests.map(test => test.file))].join(', ')
}

export function howItEnded(outcome: Outcome): string {
  return outcome.signal ? `by signal ${outcome.signal}` : `with exit code ${outcome.exitCode}`
}
