import type { RunnerExit, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { isOnPath } from '../program.ts'
import { loadFailureReport } from '../reports/load-failure.ts'
import { readTap } from '../reports/tap.ts'
import { FINISHED_TEST } from '../reports/finished-tests.ts'

/** Perl tests, each a program that prints TAP. Each file is a run of its own, because TAP does not name it. */
export const prove = {
  name: 'prove',
  language: 'perl',
  source: 'stdout',
  detect: view => ['t', 'cpanfile', 'Makefile.PL', 'Build.PL', 'dist.ini'].find(view.exists),
  isTest: file => file.endsWith('.t'),
  testPatterns: '*.t',
  configuration: (view: PackageView) => ['.proverc', 'cpanfile'].filter(view.exists),
  manifestKeys: [],
  snapshots: () => [],
  command(request) {
    if (!isOnPath('prove')) return undefined
    const files = request.files.length > 0 ? request.files : ['-r', 't']
    return { argv: ['prove', '--norc', '--verbose', '--nocolor', '--lib', ...files], env: {} }
  },
  install: 'Install Perl with Test::Harness, so that the command prove is on the PATH.',
  split: ({ files, names }) =>
    files.length > 1 ? files.map(file => ({ files: [file], names })) : [{ files, names }],
  finishedTest: FINISHED_TEST.tap,
  namesNoFiles: true,
  parse,
} satisfies Framework

/** prove prints a line before the TAP of a file and a summary after it. */
function parse(text: string, request: TestRequest, exit: RunnerExit): Report {
  const report = readTap(tapIn(text), request)
  const { exitCode, signal, stderr } = exit
  if (/\.\. skipped: /.test(text) && exitCode === 0) return { ...report, complete: true }
  const status = /\(Wstat: \d+ \(exited (\d+)\)/.exec(text)?.[1]
  const ranNothing = /No subtests run/.test(text) && status !== undefined
  if (ranNothing && signal === null && exitCode !== 0 && LOAD_ERROR.test(stderr))
    return loadFailureReport(stderr.trim(), stderr, request)
  const isComplete =
    /^Result: (?:PASS|FAIL|NOTESTS)$/m.test(text) && !/Wstat: \d+ \(Signal/.test(text)
  const died = /Parse errors: |Bad plan/.test(text)
  return { ...report, complete: report.complete && isComplete && !died }
}

const LOAD_ERROR =
  /Can't locate|syntax error|Compilation failed|BEGIN failed|aborted due to compilation|^\S.* at \S+ line \d+/m

function tapIn(text: string): string {
  const end =
    /^(?:Dubious, |Failed \d+\/\d+ |All \d+ subtests|ok$|All tests successful|Test Summary)/m.exec(
      text,
    )
  return text.slice(0, end?.index ?? text.length).replace(/^\S.* \.\. *$/m, '')
}
