import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { shellLine } from '../../src/cli/shell-line.ts'
import type { Outcome } from '../../src/evidence/outcome.ts'
import { failedThreshold } from '../../src/evidence/suite.ts'
import { humanCommandIn, inPlaceEdits, writtenBy } from '../../src/hook/shell.ts'
import { marksDone } from '../../src/hook/ticks.ts'
import { newNames } from '../../src/plan/code-changes.ts'
import { withoutComments } from '../../src/plan/without-comments.ts'
import { downloadFailure } from '../../src/runner/download-failure.ts'
import { withoutEmpty } from '../../src/runner/empty-suites.ts'
import { findingsIn } from '../../src/runner/findings.ts'
import { frameworks } from '../../src/runner/frameworks/index.ts'
import { configurationParts } from '../../src/runner/check-configuration.ts'
import { LineCleaner } from '../../src/runner/lines.ts'
import { pageLinks, styleSheetLinks } from '../../src/runner/page-links.ts'
import { redact } from '../../src/runner/redact.ts'
import { relevantConfiguration } from '../../src/runner/relevant-configuration.ts'
import { inCodeFence, oneLine, quotation, safeText } from '../../src/runner/safe-text.ts'
import { readRecipe, readTox } from '../../src/runner/test-recipe.ts'
import { SHAPES } from '../dialects/hostile-workspaces.ts'
import { growthOf, repeated } from '../kit/growth.ts'
import { runsSlowTests } from '../kit/slow.ts'

/** Beginnings of what the readers look for, which never end. */
const BEGINNINGS = [
  '\n',
  '\t\n',
  '"\n',
  '`\n',
  '.u/-@vm',
  '<<a',
  '<script',
  '<a href=',
  '<dependency>',
  '<testcase ',
  '<![CDATA[',
  '/*',
  '//',
  '0:0\t',
  '1..',
  '=== RUN ',
  '> Could not GET ',
  'a.js:1:1 ',
  'add_test(',
  'coverage ',
  'def test_',
  'error: failed to get `w`\n',
  'expect',
  'func Test',
  'import ',
  'ok 1 - ',
  'require (\n',
  'sk-',
  'url(',
  'xai-',
  '\u001b[',
  '\u009b',
  '$(',
  '${',
  '|✅|',
]

const ROOT = path.resolve('fixture')

const outcome = (output: string): Outcome => ({
  end: 'complete',
  exitCode: 1,
  signal: null,
  durationMs: 1,
  tests: [],
  loadErrors: [],
  unhandled: [],
  output,
  outputSha256: '',
  outputBytes: output.length,
  command: [],
  framework: 'vitest',
})

const request = {
  cwd: ROOT,
  root: ROOT,
  files: [path.join(ROOT, 'a.txt')],
  names: [],
  report: path.join(ROOT, 'report'),
  key: 'key',
}

const CODE = ['a.js', 'a.py', 'a.rb', 'a.php', 'a.go', 'a.html', 'a.css', 'a.rs']
const CONFIGURATION = ['go.mod', 'pom.xml', 'a.csproj', 'pyproject.toml', 'package.json', 'tox.ini']

/** Everything that reads what programs print, what projects contain, or what a model writes into a shell. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'text for answers': text => [safeText(text), oneLine(text), quotation(text), inCodeFence(text)],
  'lines of output': text => [new LineCleaner().push(Buffer.from(text)), redact(text)],
  'words for a shell': text => shellLine([text]),
  'a failed download': downloadFailure,
  'a suite without tests': text => withoutEmpty([outcome(text)]),
  'a coverage threshold': text => failedThreshold(outcome(text)),
  'findings of a linter': text => findingsIn(text, ROOT),
  'a shell line': text => [humanCommandIn(text), writtenBy(text), inPlaceEdits(text)],
  'an edit of a plan': text => marksDone(text, `${text}a`, [text]),
  'names in code': text => newNames('', text.split('\n')),
  'links of a page': text => [pageLinks(text), styleSheetLinks(text)],
  recipes: text => [readRecipe(text, ROOT), readTox(text, ROOT)],
  ...Object.fromEntries(
    CODE.map(file => [`comments in ${file}`, (text: string) => withoutComments(file, text)]),
  ),
  ...Object.fromEntries(
    CONFIGURATION.map(file => [
      file,
      (text: string) => [relevantConfiguration(file, text), configurationParts(file, text)],
    ]),
  ),
  ...Object.fromEntries(
    frameworks.map(framework => [
      `a report of ${framework.name}`,
      (text: string) =>
        framework.parse(text, request, { exitCode: 1, signal: null, output: text, stderr: text }),
    ]),
  ),
}

const TIMEOUT = runsSlowTests ? 3_600_000 : 120_000

describe('text of others', () => {
  test.each(Object.entries(READERS))(
    'is read in linear time: %s',
    { timeout: TIMEOUT },
    (_, read) => {
      const shapes = [...SHAPES, ...BEGINNINGS]
      const tooSlow = shapes.flatMap(shape => {
        const growth = growthOf(size => orRefused(() => read(repeated(shape, size))))
        return growth === undefined ? [] : [`${JSON.stringify(shape)}: ${growth}`]
      })
      expect(tooSlow).toEqual([])
    },
  )
})

/** A reader may refuse a text that it cannot use. */
function orRefused(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
}
