import type { Outcome } from './outcome.ts'

/** What differs between two runs of the same tests on the same files: ids of tests, files, or `the exit code`. */
export function varyingTests(first: Outcome, second: Outcome): string[] {
  const [before, after] = [resultsOf(first), resultsOf(second)]
  const ids = [...new Set([...before.keys(), ...after.keys()])]
  const varying = ids.filter(id => before.get(id) !== after.get(id))
  if (varying.length > 0) return varying
  const ended = [first, second].map(({ end, exitCode }) => `${end} ${exitCode}`)
  return ended[0] === ended[1] ? [] : ['the exit code']
}

function resultsOf({ tests, loadErrors }: Outcome): Map<string, string> {
  return new Map([
    ...tests.map(({ id, outcome }) => [id, outcome] as const),
    ...loadErrors.map(({ file }) => [file, 'not loaded'] as const),
  ])
}
