import { isQualityCheck } from './check-run-titles.ts'
import { checkpointOf, looksAtEverything } from './checkpoint-titles.ts'
import { runsInOtherLanguage } from './other-languages/runs.ts'
import { titleWords } from './title-words.ts'

/** What a title can ask to run. The name is also that of a check or script that runs it. */
export type AskedRun =
  | 'tests'
  | 'types'
  | 'lint'
  | 'build'
  | 'format'
  | 'coverage'
  | 'audit'
  | 'benchmark'
  | 'quickstart'

/** What the title of a `check` task asks to run; empty if it asks for something else, such as a document. */
export function askedRuns(title: string): AskedRun[] {
  const named = namedRuns(checkpointOf(title) ?? title)
  return named.length === 0 && looksAtEverything(title) ? ['tests'] : named
}

function namedRuns(title: string): AskedRun[] {
  if (runsInOtherLanguage(title)) return runsNamed(title)
  const found = isQualityCheck(title)
    ? runsNamed(title)
    : clausesOf(title).flatMap(clause => (isRun(clause) ? runsIn(clause) : []))
  if (found.length === 0 && QUICKSTART.test(title)) return ['quickstart']
  return [...new Set(found)]
}

/** Does the title ask that nothing fails, not even what failed before the feature? */
export function asksToPass(title: string): boolean {
  return /\bfix\b|\bpass(es|ing)?\b|\bgreen\b|\bsucceed/i.test(title)
}

/** The script that the title names with its program, such as `check:all` in `npm run check:all`. */
export function namedScript(title: string): string | undefined {
  const [, script] = SCRIPT.exec(title) ?? []
  return script === undefined || INSTALLS.test(script) ? undefined : script
}

/** Parts of a sentence that begin with a verb of their own. */
function clausesOf(title: string): string[] {
  return title
    .replaceAll(/[`*_]/g, '')
    .split(
      /[;.]\s+|,?\s+(?:and|then)\s+(?=(?:then\s+)?(?:re-?run|run|execute|verify|ensure|check|confirm|fix|update|add|write|record|document)\b)/i,
    )
    .map(clause => clause.replace(/^then\s+/i, '').trim())
}

function isRun(clause: string): boolean {
  if (WHOLE.test(clause)) return true
  return RUNS.test(clause) || ASSURES.test(clause) || BUILDS.test(clause) || MEASURES.test(clause)
}

function runsIn(clause: string): AskedRun[] {
  return runsNamed(RUNS.test(clause) ? objectOf(clause) : clause)
}

function runsNamed(phrase: string): AskedRun[] {
  if (WHOLE.test(phrase)) return ['tests']
  return WAYS.filter(([, pattern]) => pattern.test(phrase)).map(([run]) => run)
}

/** What is run, without where and why: `the linter` of `Run the linter over the build scripts`. */
function objectOf(clause: string): string {
  const [command] = COMMAND.exec(clause) ?? []
  const words = titleWords(clause)
  // The runs that a gate consists of stand behind it.
  const isGate = words.objects.some(object => /\b(gates?|checks|pipeline)$/.test(object))
  return [command ?? '', ...words.objects, ...(isGate ? [words.rest] : [])].join(' , ')
}

/** The whole suite, in a sentence without a verb. */
const WHOLE =
  /^((final|full|complete|whole|entire) )+(regression( (tests?|testing))?( (suite|run|pass))?|test suite( run)?|test run)\s*($|[.(—–-])/i
const RUNS = /^(re-?run|run|execute|perform)\b/i
const COMMAND =
  /\b(npm|pnpm|yarn|bun|npx|cargo|go|make|dotnet|mvn|\.?\/?gradlew?)\s+[\w:.-]+(\s+[\w:.-]+)?/i
/** A property of the project that a run shows. */
const ASSURES =
  /^(verify|ensure|confirm|check|validate|make sure|all)\b.{0,60}?\b(tests?( suites?)?\b.{0,40}\b(pass|passes|passing|green|succeed)|suite\b.{0,20}\b(pass|passes|passing|green)|(test|code|line|branch|statement) coverage|coverage\s*($|[≥>=(:]|\d|is\b|stays\b|meets\b)|lint(er|ing)?\b\s*($|[(:,]|(pass|passes|errors|warnings|issues|is|succeeds)\b)|type[- ]?check\w*|npm test|pytest)/i
const BUILDS =
  /^(verify|ensure|confirm|check)\s+(that\s+)?((the|a|clean|production|release|full|project|app)\s+)*build\s*($|[(:,]|(passes|succeeds|is|works|completes|and)\b)/i
const MEASURES =
  /^(measure|profile|benchmark|performance test\w*|load test\w*|stress test\w*|(run |re-?run |execute )?(the )?benchmarks?)\b/i
const QUICKSTART = /\bquickstart\b/i

const SCRIPT = /\b(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?([a-z][\w:.-]*)/i
/** Commands of a package manager itself. */
const INSTALLS = /^(install|i|ci|add|audit|update|upgrade|outdated|publish|packages?|run|test|t)$/i

const WAYS: readonly [AskedRun, RegExp][] = [
  [
    'tests',
    /\b(tests?|test suites?|suites?|specs?|pytest|vitest|jest|mocha|phpunit|rspec|playwright)\b(?!\s*(coverage|reports?|data|fixtures?))|\b(npm|pnpm|yarn|bun|cargo|go|dotnet|mvn|gradlew?)( run)? test\b|\b(testsuite|pruebas|testes)\b|测试|測試|テスト|테스트|тест|\btest(?:y|leri)\b|kiểm thử|pengujian/i,
  ],
  [
    'types',
    /\btype[- ]?check\w*|\b(tsc|mypy|pyright|types|typprüfung)\b|类型检查|型別檢查|型チェック|타입 ?(?:체크|검사)|проверку типов/i,
  ],
  [
    'lint',
    /\b(lint\w*|eslint|oxlint|biome|ruff|flake8|clippy|rubocop|golangci-lint|static (code )?analysis)\b|代码检查|静态检查|リント|린트|린터|линт/i,
  ],
  [
    'build',
    /\bbuilds?\b(?!\s*(scripts?|servers?|orders?|files?|config\w*))|\b(compilación)\b|构建|编译|ビルド|빌드|сборк/i,
  ],
  ['format', /\b(formatt?ers?|formatting|prettier|gofmt|black|isort)\b/i],
  ['coverage', /\b(coverage|cobertura|couverture)\b|覆盖率|カバレッジ|커버리지|покрытие/i],
  ['audit', /\b(audits?)\b/i],
  [
    'benchmark',
    /\b(benchmarks?|performance|latency|throughput|load tests?|load testing|stress tests?|lighthouse|time|memory usage)\b/i,
  ],
]
