import type { Ending, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { isOnPath } from '../program.ts'
import { notLoaded } from '../reports/not-loaded.ts'
import { readTap } from '../reports/tap.ts'
import { ENDED } from '../reports/count.ts'

/** Perl's tests, each a program that prints TAP. One runs at a time, so that its TAP is its file's. */
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
  ended: ENDED.tap,
  namesNoFiles: true,
  parse,
} satisfies Framework

/** prove adds its own words around the TAP of a file: a line in front, a verdict behind. */
function parse(text: string, request: TestRequest, ending: Ending): Report {
  const report = readTap(tapIn(text), request)
  const { exitCode, signal, stderr } = ending
  if (/\.\. skipped: /.test(text) && exitCode === 0) return { ...report, complete: true }
  const status = /\(Wstat: \d+ \(exited (\d+)\)/.exec(text)?.[1]
  const stopped = /No subtests run/.test(text) && status !== undefined
  if (stopped && signal === null && exitCode !== 0 && BROKEN.test(stderr))
    return notLoaded(stderr.trim(), stderr, request)
  const isWhole = /^Result: (?:PASS|FAIL|NOTESTS)$/m.test(text) && !/Wstat: \d+ \(Signal/.test(text)
  const died = /Parse errors: |Bad plan/.test(text)
  return { ...report, complete: report.complete && isWhole && !died }
}

const BROKEN =
  /Can't locate|syntax error|Compilation failed|BEGIN failed|aborted due to compilation|^\S.* at \S+ line \d+/m

function tapIn(text: string): string {
  const end =
    /^(?:Dubious, |Failed \d+\/\d+ |All \d+ subtests|ok$|All tests successful|Test Summary)/m.exec(
      text,
    )
  return text.slice(0, end?.index ?? text.length).replace(/^\S.* \.\. *$/m, '')
}
