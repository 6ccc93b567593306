import { alsoBuilds, SECOND_CLAUSE, WRITES } from './behaviour-titles.ts'
import { checkpointOf, looksAtEverything } from './checkpoint-titles.ts'
import { isSource } from './file-role.ts'
import type { KindClues } from './kind-clues.ts'
import { runsInOtherLanguage } from './other-languages/runs.ts'
import { isAbout, titleWords } from './title-words.ts'

/** Does the task measure, rather than build something about performance? */
export function isPerformanceRun({ title, files }: KindClues): boolean {
  if (files.some(isSource) || SECOND_CLAUSE.test(title)) return false
  const words = titleWords(title)
  if (/^benchmark\s+(the|all|each|every|both|how)\b/i.test(title)) return true
  if (/^(load|stress|soak|performance)[- ]test (the|all|our)\b/i.test(title)) return true
  if (words.verb === '' || WRITES.test(words.verb) || words.verb === 'perform')
    return isAbout(words, PERFORMANCE_TEST)
  // `Measure performance of sales agents` measures something else.
  if (/^of (?!(the|our|all|each|every|both)\b)/i.test(words.rest)) return false
  return MEASURES.test(words.verb) && isAbout(words, PERFORMANCE)
}

/** Does the task follow the quickstart document? */
export function isQuickstart({ title }: KindClues): boolean {
  return QUICKSTART.test(title)
}

/** Does the task run a tool, the tests or the build, or make sure of their result? */
export function isCheckRun(clues: KindClues): boolean {
  const { files } = clues
  const title = checkpointOf(clues.title) ?? clues.title
  if (files.some(isSource) || SECOND_CLAUSE.test(title) || alsoBuilds(title)) return false
  if (CODE_REVIEW.test(title) || ASSURED.test(title)) return true
  if (isQualityCheck(title) || runsInOtherLanguage(title) || looksAtEverything(clues.title))
    return true
  const words = titleWords(title)
  if (BARE_CHECK.test(title) || NAME_ALONE.test(title)) return true
  if (RUNS_COMMANDS.test(title) || COMMANDS_PASS.test(title)) return true
  if (!/^(re-?run|run|execute|perform)$/.test(words.verb) || USER_DATA.test(title)) return false
  if (ON_PRODUCT.test(words.rest) || FOR_PEOPLE.test(words.rest)) return false
  return TOOL_COMMAND.test(title) || words.objects.slice(0, 2).some(object => RUNS.test(object))
}

/** Is it a check of the project by its name, with nothing behind it but the commands? */
export function isQualityCheck(title: string): boolean {
  const text = title.slice(0, MAX_LENGTH).replaceAll(/[`*_]/g, '').trim()
  return QUALITY.test(text) || LABELLED_COMMAND.test(text) || VERIFIES_FORM.test(text)
}

const MAX_LENGTH = 300

const PERFORMANCE_TEST =
  /\b(performance|load|stress|soak)[- ](tests?|testing|runs?|validation|benchmarks?|benchmarking|measurements?|audit)$|\bbenchmarks?( suite)?$/

const MEASURES = /^(re-?run|run|execute|measure|validate|verify|profile|benchmark|check|confirm)$/

const PERFORMANCE =
  /\b(performance|latency|throughput|load times?|lighthouse( \w+)?( audits?| score)?|profiler|response times?|performance (metrics|targets?|goals?|budgets?|requirements|criteria|tests?|testing|benchmarks?|validation)|(load|stress|soak)[- ](tests?|testing)|benchmarks?( suite)?|startup time|memory usage|bundle size)$/

const QUICKSTART =
  /^(re-?run|run|execute|follow|validate|verify|walk through|test|complete|perform)\b.{0,60}\bquickstart(\.md)?(\s+(validation|scenarios?|walk-?through|guide|instructions?|steps?|checklist|manual\w*|locally|end-to-end|examples?|file|commands?|document))*(\s*$|\s*[(:;,—–.-]|\s+(in|with|and|on|to|from|by|is|are|works?|against|as|for|locally|per|update)\b)|^[\w./-]*quickstart(\.md)?\s+(validation|scenarios?|walkthrough)\s*($|[(:;,—–]|(run|of|for|in|with|and)\b)/i

const TOOL =
  'openspec|mypy|ruff|eslint|oxlint|biome|prettier|tsc|npm|npx|pnpm|yarn|bun|pytest|cargo|dotnet|make|mvn|go (test|vet)|flake8|black|isort|vitest|jest|playwright|phpunit|rspec|rubocop|clippy|golangci-lint|xcodebuild|markdownlint|swift test'

const COMMAND =
  '((npm|pnpm|yarn|bun) (run )?[\\w:.-]+|(npx|uv run|poetry run) [\\w:.-]+|pytest|vitest|jest|playwright|eslint|oxlint|biome|prettier|ruff|mypy|tsc|cargo (test|clippy|check|build|fmt)|go (test|vet|build)|make (test|lint|check|build)|golangci-lint|dotnet (test|build)|\\.?/?gradlew? \\w+)'

const QUALITY_WORD =
  '(lint(er|ing)?( errors?)?|types?|type[- ]?check(s|ing)?|(all |unit |integration )?tests?|test suite|build|coverage|format(ting)?|pass(es|ing)?|clean|green|no errors|[0-9]+ (errors|warnings))'

/** `Quality check: npm run lint, npm test`; but `Quality check: reject blurry photos` is what a program does. */
const QUALITY = new RegExp(
  String.raw`^((run|final|full|complete|overall|local|code|phase|pre-?commit|pre-?merge|pre-?release|the|all)\s+)*((quality|verification|lint(ing)?|type|static analysis|format(ting)?)\s*(checks?|gates?|pass)|lint(ing)?|type[- ]?check(s|ing)?)(\s*(and|&|\+|,|/)\s*(lint(ing)?|type[- ]?checks?|types|format(ting)?( check)?|build|tests?))*\s*($|[.]$|[(:—–-]+\s*((${COMMAND}|${QUALITY_WORD})(\s+-{1,2}[\w=:.-]+)*([\s,;.)+&/→]+|$)(and\s+|must\s+)?)+$)`,
  'i',
)

/** `Verify formatting and run tests` */
const VERIFIES_FORM =
  /^(verify|check) (the )?(code )?(formatting|lint(ing)?|types)( (and|&) (run )?(all )?(the )?(tests|lint(er|ing)?|types|build))*\s*[.]?$/i

/** `Build: npm run build without type errors` */
const LABELLED_COMMAND = new RegExp(
  String.raw`^(build|test|tests|lint|verify|verification|check|type[- ]?check|coverage|format)\s*[:—–-]\s*(run\s+)?${COMMAND}(\s+-{1,2}[\w=:.-]+)*((,|\s+(and|&))\s+${COMMAND})*(\s+(passes|pass|succeeds|is (clean|green)|without (any |type |lint )*(errors|warnings)( or (errors|warnings))?|with(out)? (0|no) (errors|warnings)|exits? 0))*\s*[.]?$`,
  'i',
)

const ADJECTIVES = String.raw`(the|all|full|whole|overall|total|average|entire|complete|final|existing|new|clean|production|release|project|still)`

/** A property of the project, not of what it does. */
const ASSURED = new RegExp(
  [
    // The tests pass, and nothing in the program depends on it.
    String.raw`^(verify|ensure|confirm|check)\b.{0,90}\btests?\b( suites?)? (\((?!.*\b(before|when)\b)[^)]*\) )?((all|still|now) )?(pass(es|ing)?|fail(s|ing)?|(are|is) (still )?(red|green|passing|failing))\b(?!\s+(before(?! implementation)|when|if|or|results?)\b)`,
    String.raw`^(verify|ensure|confirm|check) (that )?(${ADJECTIVES} )*((unit |integration )?test|code|line|branch|statement|type|type-?hint|jacoco|istanbul|pytest|jest|vitest)? ?coverage\s*($|[≥>=(:,]|\d|(is|stays|remains|meets|reaches|exceeds|at least|above|over|report|threshold)\b)`,
    String.raw`^(verify|ensure|confirm|check) (that )?(${ADJECTIVES} )*(\w+ )?build\s*($|[(:,]|(passes|succeeds|still|is (green|clean)|works|completes|finishes|and (all )?(unit )?tests?)\b)`,
    String.raw`^(verify|ensure|confirm|check) (that )?(${ADJECTIVES} |no |there are no |code passes )*(type (?=errors)|lint(er|ing)?|eslint|type[- ]?check(s|ing|er)?)\s*($|[(:,]|(passes|errors|warnings|issues|is clean|succeeds|rules pass)\b)`,
    String.raw`^(verify|ensure|confirm|check) (that )?(${ADJECTIVES} |everything |code )*(typescript |project |code )?(compil(es|ation)|builds)\b\s*($|[(:,]|(succeeds|passes|cleanly|without|has no|on (windows|linux|macos)|and tests)\b)`,
    String.raw`^(verify|ensure|confirm|check) (that )?(${ADJECTIVES} )*(docs|documentation|readme( examples)?) (is|are|covers? all (settings|options|commands)|works?|matches?|reflects?)\b(?!.*\b(users?|guests?|customers?|public|archived|shown|hidden|encrypted|readable)\b)`,
    String.raw`^(verify|ensure|confirm|check) (that )?(${ADJECTIVES} )*(code is (formatted|linted)|ci (is (green|passing)|passes))\b`,
    String.raw`^(verify|ensure|confirm|check) (that )?[\x60"']?(${TOOL})( [\w:.-]+)*[\x60"']? (runs|starts|passes|succeeds|works|is clean|reports no|exits|completes)\b`,
  ].join('|'),
  'i',
)

const CODE_REVIEW =
  /^(final )?code (review|clean-?up)\s*($|[(:;,—–]|(and|&) (refactor\w*|clean-?up|remove|review|polish|dead code|comments|formatting|linting)\b|(across|in)\b)/i

/** A run of the whole, in a sentence without a verb. */
const BARE_CHECK =
  /^((final|full|complete|whole|entire) )+(regression( (tests?|testing))?( (suite|run|pass))?|test suite)\s*($|[.(—–-])|^((final|full|complete|whole) )*(test( suite)? run|(verification|build) run|final (verification|checks?))\s*($|[(:;,—–])|^(verify|check|re-?run) (the |all )?(tests|types|specs)\s*($|[(:;,—–])/i

/** A name that says what a task does only if nothing else does. */
const NAME_ALONE =
  /^((final|last|manual) )?(checkpoint|verification|smoke tests?|sanity checks?)\s*[.]?$/i

/** `Run the relevant test/build commands` */
const RUNS_COMMANDS =
  /^run (the |all |any |relevant |necessary )*(tests?|build|lint)(\/(tests?|build|lint))* commands?\s*[.]?$/i

/** `make lint and make test green` */
const COMMANDS_PASS = new RegExp(
  String.raw`^\x60?${COMMAND}\x60?((,| and|,? &) \x60?${COMMAND}\x60?)* (pass(es)?|succeeds?|(is|are)? ?(green|clean))\s*[.]?$`,
  'i',
)

const FOR_PEOPLE =
  /^for (the |all |each |every |new |our )*(users?(?! stor)|customers?|tenants?|members?|guests?|applicants?|students?|pupils?|patients?|candidates?|orders?|claims?)\b/i

/** `Run type checks on user formulas` is about what the program works with. */
const ON_PRODUCT =
  /^(on|of|when|whenever|every|each|before|after|twice)\b(?! (the |all |our |whole |entire |every |full |changed |modified |staged |test |new |user stor)*(project|targets?|platforms?|pages|endpoints|fix\w*|code\w*|repo\w*|workspace|sources?|src|files?|packages?|modules?|frontend|backend|server|client|app|application|branch|machine|dependenc\w+|migrations?|tasks?|phases?|refactor\w*|merge|change\w*|feature|stor(y|ies)|deployment|ci|linux|windows|mac\w*|node|python|\w+ \d)\b)/i

const USER_DATA =
  /\b(uploaded|submitted|pasted|submissions?|customers?|tenants?|students?|pupils?)\b/i

const TOOL_COMMAND = new RegExp(
  String.raw`^(re-?run|run|execute) (the )?[\x60"']?(${TOOL}|\.?/?gradlew?)(?![\w.-]* (api|service|account|order|user|page|payload|upload|endpoint))\b`,
  'i',
)

const RUNS = new RegExp(
  String.raw`(^|\b)(tests?|test (suites?|files?)|suites?|specs?|lint(ers?|ing)?|lint (checks?|rules)|type[- ]?check(s|ers?|ing)?|static analysis|code analysis|security audit|accessibility audit|dependency audit|formatters?|(code )?formatting|(test|code) coverage|coverage( reports?)?|(coverage|typescript|type|lint|linting|format|formatting) (checks?|pass)|(codacy|sonarqube|codeql|bundle|dependency) (analysis|audit)|(axe-core|lighthouse|npm) (automated )?audit|automated audit|test reports?|quality (gates?|checks?)|(full|final|pre-commit|ci) (gate|checks|pipeline)|(${TOOL})( \w+)?)$|^(${ADJECTIVES} )*((npm|docker|debug|backend|frontend|app) )?(build|audit|gate)$|^(${ADJECTIVES} |(local|verification|validation|quality|lint|type|test|build|phase|release|merge|pre-?merge|pre-?commit|pre-?push|ci) )+gates?$`,
)
