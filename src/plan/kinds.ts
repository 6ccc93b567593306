import type { Category, Kind } from './plan.ts'
import { isConfigurationFile, isDocument, isSource } from './file-role.ts'
import { isTestFile } from './test-file.ts'

/** What determines the kind of a task. */
export interface KindClues {
  category: Category
  /** Name of the phase, quoted in the reason. */
  phase: string
  title: string
  files: readonly string[]
  /** It comes before the implementation that it tests: in a test phase, or before the other tasks of its story. */
  ahead: boolean
  /** The dialect's own mark for a human check, as a phrase. */
  humanMark?: string
}

/** How a task has to be proven, and why. The first rule that matches decides. The settings can assign another one. */
export function kindOf(clues: KindClues): { kind: Kind; kindReason: string } {
  if (clues.humanMark !== undefined) return { kind: 'person', kindReason: clues.humanMark }
  for (const { matches, kind, reason } of RULES)
    if (matches(clues)) return { kind, kindReason: reason(clues) }
  return { kind: 'build', kindReason: 'it adds or changes behaviour' }
}

/** Does the task only write tests? */
export function writesTestsOnly(title: string, files: readonly string[]): boolean {
  const isAboutTests = TEST_WORDS.some(pattern => pattern.test(title))
  return isAboutTests && files.every(file => isTestFile(file) || file.endsWith('/'))
}

interface Rule {
  matches: (clues: KindClues) => boolean
  kind: Kind
  reason: (clues: KindClues) => string
}

const RULES: readonly Rule[] = [
  rule('person', ({ title }) => HUMAN.test(title), 'its title asks for a human'),
  {
    matches: ({ category }) => category === 'setup',
    kind: 'check',
    reason: ({ phase }) => `phase "${phase}" sets things up`,
  },
  rule('check', isPerformanceRun, 'it measures performance'),
  rule('check', ({ title }) => QUICKSTART.test(title), 'it runs the quickstart'),
  rule('check', isCheckRun, 'it runs a check'),
  rule('check', isDocumentation, 'it is documentation'),
  rule('check', isConfiguration, 'it is configuration'),
  rule('check', isTrial, 'it tries something out'),
  rule('test', isTestFirst, 'it writes tests before the code'),
  rule('cover', writesTests, 'it writes tests for code that exists'),
  {
    matches: ({ category }) => category === 'test',
    kind: 'test',
    reason: ({ phase }) => `phase "${phase}" writes tests before the code`,
  },
]

function rule(kind: Kind, matches: (clues: KindClues) => boolean, reason: string): Rule {
  return { kind, matches, reason: () => reason }
}

function writesTests({ title, files }: KindClues): boolean {
  return writesTestsOnly(title, files)
}

function isTestFirst(clues: KindClues): boolean {
  return writesTests(clues) && (clues.ahead || FAILING.test(clues.title))
}

/** `Test the connection` means to try it, unless the task names a test file or its phase is for writing tests. */
function isTrial({ category, title, files }: KindClues): boolean {
  return category !== 'test' && files.length === 0 && TRIAL.test(title)
}

function isPerformanceRun({ title, files }: KindClues): boolean {
  return PERFORMANCE.test(title) && !files.some(isSource)
}

function isCheckRun({ title, files }: KindClues): boolean {
  return CHECK_RUN.test(title) && !files.some(isSource)
}

function isDocumentation({ title, files }: KindClues): boolean {
  if (files.length > 0) return files.every(isDocument)
  return DOCUMENTATION.test(title)
}

function isConfiguration({ title, files }: KindClues): boolean {
  if (files.length > 0) return files.every(isConfigurationFile)
  return CONFIGURATION.test(title)
}

const HUMAN =
  /\bmanual(ly)?\s+(verif|test|check|confirm|valid|qa\b|review|accept|walk|inspect|smoke)|\b(verify|test|check|confirm|validate)\b.{0,30}\bmanually\b|\buser acceptance\b|\bUAT\b/i

const FAILING = /\bfailing tests?\b|\btests? first\b|\b(must|should) fail\b/i

const TRIAL = /^(re-?)?test\s+(?!for\b|cases?\b|suites?\b|that\b|class\b|file\b)[\w'-]/i

const PERFORMANCE =
  /\b(performance|load|stress|soak)[- ](tests?|testing|runs?|validation|benchmarks?|measurements?)\b|\bbenchmarks?\b|^(run|measure|validate|verify|profile)\b.*\b(performance|latency|throughput|lighthouse|load time|profiler)\b/i

const QUICKSTART =
  /\b(run|execute|follow|validate|verify|walk through|test)\b.*\bquickstart\b|\bquickstart\b.*\b(validation|scenarios?|walkthrough)\b/i

const CHECK_RUN =
  /^(re-?run|run|execute)\b.*\b(tests?|suite|lint(er|ers|ing)?|type[- ]?check(er|ing)?|formatter|build|audit|coverage|analysis|mypy|ruff|eslint|tsc|npm|pytest|cargo|dotnet|gradlew?)\b|^(verify|ensure|confirm|check)\b.*\b(tests? (all )?(pass|fail|are (red|green))|tests (still )?(pass|fail)|coverage|(clean )?build|lint)\b|^(final )?code (review|cleanup)\b/i

const DOCUMENTATION =
  /^(update|write|add|create|revise|extend|improve|generate|finali[sz]e)\b.{0,60}\b(documentation|docs|readme|changelog|user guide|api reference|docstrings?|release notes)\b|^(?!implement|build|fix|refactor)(\S+\s+){0,3}(documentation|docs|readme|changelog)\b|^document\b/i

const CONFIGURATION =
  /^(configure|install|set ?up|initiali[sz]e|upgrade|bump)\b.*\b(lint(er|ing)?|format(ter|ting)?|prettier|eslint|ruff|mypy|ci|pipeline|docker|environment variables?|dependenc(y|ies)|packages?|tsconfig|pre-commit|git ?hooks?|test (framework|runner))\b/i

const TEST_WORDS: readonly RegExp[] = [
  /^((write|add|create|implement|extend|update|author|define|build)\s+)?(\S+\s+){0,4}?(contract|integration|unit|e2e|end-to-end|acceptance|component|regression|smoke|failing|property|snapshot|api|ui|playwright|widget|functional|security|accessibility)[- ](\S+\s+)?(tests?|specs?)\b/i,
  /^(write|add|create|author|extend)\b.{0,80}\b(tests?|test (cases?|suites?|class|file|coverage)|specs)\b/i,
  /^tests?\b(?!\s+(data|fixtures?|infrastructure|helpers?|framework|utilities|harness))/i,
  /(^|\s)(编写|撰寫|添加|新增|创建|建立)?\S{0,24}(单元测试|集成测试|契约测试|單元測試|整合測試|テストを(作成|追加|書く)|테스트 작성)/u,
]
