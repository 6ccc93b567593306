import type { Category, Kind } from './plan.ts'
import { isCode, isConfigurationFile, isDocument, isSource } from './file-role.ts'
import { isTestFile } from './test-file.ts'
import { isAbout, titleWords, type TitleWords } from './title-words.ts'

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
export function kindOf(given: KindClues): { kind: Kind; kindReason: string } {
  const clues = { ...given, title: withoutPrefix(given.title) }
  if (clues.humanMark !== undefined) return { kind: 'person', kindReason: clues.humanMark }
  for (const { matches, kind, reason } of RULES)
    if (matches(clues)) return { kind, kindReason: reason(clues) }
  return { kind: 'build', kindReason: buildReason(clues) }
}

/** The part that decides: a number or the word `Task` before the sentence says nothing about it. */
function withoutPrefix(title: string): string {
  return title.slice(0, TITLE_LENGTH).replace(/^(\d+(\.\d+)*[.)]?\s+|task\s*[\d.]*:\s+)+/i, '')
}

/** Does the task only write tests? */
export function writesTestsOnly(given: string, files: readonly string[]): boolean {
  const title = withoutPrefix(given)
  if (!files.every(file => isTestFile(file) || file.endsWith('/')))
    return TESTS_OF_SOURCE.test(title) && !SECOND_TASK.test(title)
  if (files.length > 0 && TESTS_IN_FILES.test(title) && !BEHAVIOUR_VERB.test(title)) return true
  if (COVER.test(title) || (files.length > 0 && /^cover\b/i.test(title))) return true
  if (!TEST_WORDS.some(pattern => pattern.test(title))) return false
  return (
    files.length > 0 ||
    !(isProductOfTests(title) || TEST_COMPOUND.test(title) || TEST_NOUN_PHRASE.test(title))
  )
}

/** Characters of a title that decide. The patterns would need long for a title without end. */
const TITLE_LENGTH = 1_000

interface Rule {
  matches: (clues: KindClues) => boolean
  kind: Kind
  reason: (clues: KindClues) => string
}

const RULES: readonly Rule[] = [
  rule('person', isForHuman, 'its title asks for a human'),
  {
    matches: clues => clues.category === 'setup' && !isBehaviourInSetup(clues),
    kind: 'check',
    reason: ({ phase }) => `phase "${phase}" sets things up`,
  },
  rule('check', isPerformanceRun, 'it measures performance'),
  rule('check', isQuickstart, 'it runs the quickstart'),
  rule('check', isCheckRun, 'it runs a check'),
  rule('check', isDocumentation, 'it is documentation'),
  rule('check', isConfiguration, 'it is configuration'),
  rule('check', isTrial, 'it tries something out'),
  rule('test', isTestFirst, 'it writes tests before the code'),
  rule('cover', writesTests, 'it writes tests for code that exists'),
  {
    matches: ({ category, title }) => category === 'test' && !isBehaviour(title),
    kind: 'test',
    reason: ({ phase }) => `phase "${phase}" writes tests before the code`,
  },
]

function rule(kind: Kind, matches: (clues: KindClues) => boolean, reason: string): Rule {
  return { kind, matches, reason: () => reason }
}

/** A word such as `docs` inside a noun decides nothing, and the reason says so. */
function buildReason({ title }: KindClues): string {
  const word = CHECK_WORD.exec(title)?.[0]
  return word === undefined
    ? 'it adds or changes behaviour'
    : `it adds or changes behaviour: the word "${word}" alone does not make it a check`
}

/** Its verb or its object is the program's behaviour, whatever else the title says. */
function isBehaviour(title: string): boolean {
  if (BEHAVIOUR_VERB.test(title)) return true
  const { verb, objects } = titleWords(title)
  return ADDS.test(verb) && objects.some(object => PRODUCT.test(object))
}

/** In a phase that sets the project up, `Download the fonts` and `Export all models` set it up too. */
function isBehaviourInSetup({ title, files }: KindClues): boolean {
  if (files.length > 0 && files.every(file => isConfigurationFile(file) || isDocument(file)))
    return false
  const { verb, objects } = titleWords(title)
  const namesCode = files.some(file => isCode(file) && isSource(file))
  const unit = namesCode ? CODE_UNIT : KNOWN_CODE_UNIT
  if (ADDS.test(verb) && objects.some(object => unit.test(object))) return true
  return isBehaviour(title) && !SETUP_VERB.test(title)
}

function writesTests({ title, files }: KindClues): boolean {
  return writesTestsOnly(title, files)
}

function isTestFirst(clues: KindClues): boolean {
  if (!writesTests(clues) || EXISTING.test(clues.title)) return false
  return clues.ahead || FAILING.test(clues.title)
}

/** `Add test results page` builds a page, `Add tests for the page` writes tests. */
function isProductOfTests(title: string): boolean {
  const words = titleWords(title)
  if (words.verb === '' && QUALIFIED_TEST.test(title)) return TEST_COMPOUND.test(title)
  return words.objects.some(
    object => TEST_NOUN.test(object) && (PRODUCT.test(object) || TEST_OBJECT.test(object)),
  )
}

/** Only a title that asks somebody to look, not one that builds something for manual work. */
function isForHuman({ title }: KindClues): boolean {
  if (!HUMAN.test(title)) return false
  const words = titleWords(title)
  if (BUILDS.test(words.verb) || BEHAVIOUR_VERB.test(title)) return false
  // It writes down what somebody will do.
  if (WRITES.test(words.verb) && words.objects.some(object => PROCEDURE.test(object))) return false
  return !words.objects.some(object => /\bmanual\b/.test(object) && PRODUCT.test(object))
}

/** `Test the connection` means to try it, unless the task names a test file or its phase is for writing tests. */
function isTrial({ category, title, files }: KindClues): boolean {
  return (
    category !== 'test' &&
    files.length === 0 &&
    TRIAL.test(title) &&
    !TEST_COMPOUND.test(title) &&
    !isTrialByProgram(title)
  )
}

/** `Test smoke detectors from the app` is what the program does; so may be `Test data generator endpoint`. */
function isTrialByProgram(title: string): boolean {
  if (
    /\b(from|by|via|through) the (app|page|console|dashboard|admin|screen|website)\b/i.test(title)
  )
    return true
  return TEST_NOUN_PHRASE.test(title)
}

function isPerformanceRun({ title, files }: KindClues): boolean {
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

function isQuickstart({ title }: KindClues): boolean {
  return QUICKSTART.test(title)
}

function isCheckRun({ title, files }: KindClues): boolean {
  if (files.some(isSource) || SECOND_CLAUSE.test(title)) return false
  if (CODE_REVIEW.test(title) || ASSURED.test(title)) return true
  const words = titleWords(title)
  if (BARE_CHECK.test(title)) return true
  if (!/^(re-?run|run|execute|perform)$/.test(words.verb) || USER_DATA.test(title)) return false
  if (ON_PRODUCT.test(words.rest) || FOR_PEOPLE.test(words.rest)) return false
  return TOOL_COMMAND.test(title) || words.objects.slice(0, 2).some(object => RUNS.test(object))
}

function isDocumentation({ title, files }: KindClues): boolean {
  if (files.length > 0) return files.every(isDocument) && !isBehaviour(title)
  if (BEHAVIOUR_VERB.test(title) || SECOND_CLAUSE.test(title)) return false
  if (/^document\b/i.test(title)) return isDocumenting(title)
  const words = titleWords(title)
  if (words.verb === '' ? words.objects.length > 3 : !WRITES.test(words.verb)) return false
  if (words.verb === 'generate' && AT_RUNTIME.test(words.rest)) return false
  if (isAbout(words, PART_OF_DOCUMENT) && INTO_DOCUMENT.test(words.rest)) return true
  return isAbout(words, DOCUMENTATION)
}

/** `Document the upload endpoint` describes it; `Document upload endpoint` may be an endpoint for documents. */
function isDocumenting(title: string): boolean {
  if (DOCUMENTS.test(title)) return true
  return DESCRIBED.test(titleWords(title).objects.at(-1) ?? '') && !DOCUMENT_COMPOUND.test(title)
}

function isConfiguration({ title, files }: KindClues): boolean {
  if (files.length > 0) return files.every(isConfigurationFile) && !BEHAVIOUR_VERB.test(title)
  const words = titleWords(title)
  if (!/^(configure|install|set-up|initiali[sz]e|upgrade|update|bump|add)$/.test(words.verb))
    return PROJECT_SETUP.test(title)
  if (PROJECT_SETUP.test(title)) return true
  if (words.verb === 'update' || words.verb === 'add')
    return isAbout(words, CLEARLY_TOOLING) && !/^between\b/i.test(words.rest)
  if (FOR_USERS.test(words.rest) || SECOND_CLAUSE.test(title)) return false
  if (
    words.verb === 'install' &&
    INSTALLED.test(words.objects.at(-1) ?? '') &&
    IN_PROJECT.test(words.rest)
  )
    return true
  if (isForProduct(words)) return false
  return isAbout(words, TOOLING)
}

/** `Set up pipeline for video uploads` builds something, `Install dependencies for the frontend` does not. */
function isForProduct(words: TitleWords): boolean {
  return (
    /^(for|of|between|at|in|on|from|by|when)\b/i.test(words.rest) &&
    !FOR_PROJECT.test(words.rest) &&
    !isAbout(words, ALWAYS_TOOLING)
  )
}

const SETUP_VERB =
  /^(download|read|load|import|export|sync|index|cache|list|store|ensure|validate)\b/i

/** Code that does something, whatever its phase is called: at a named file, and without one. */
const CODE_UNIT = /\b(utils|utility|utilities|helpers?|functions?|logic|hooks?|systems?)$/
const KNOWN_CODE_UNIT =
  /\b(authentication|auth|authori[sz]ation|validation|permission|payment|notification|search|query) (utils|utility|utilities|helpers?|functions?|logic|hooks?|systems?)$/

const CHECK_WORD =
  /\b(docs?|documents?|documentation|set-?up|builds?|checks?|run|coverage|tests?|upgrade|install|configure|lint|performance|benchmark|readme)\b/i

const BEHAVIOUR_VERB =
  /^(implement|allow|let|enable users|handle|reject|refund|return|respond|parse|render|serve|read|load|import|export|show|display|fetch|sync|expose|support|download|upload|index|search|convert|send|calculate|compute|store|persist|enforce|notify|prevent|block|redirect|retry|resolve|cache|encrypt|sort|filter|list|log|warn|require|limit|detect|emit|publish|schedule|track)\b|^(ensure|validate)\b(?!.*\b(quickstart|lighthouse|performance|coverage|lint\w*|tests?|builds?|works?|docs?|documentation|readme)\b)/i

/** A second part of the sentence that asks for behaviour. */
const SECOND_CLAUSE =
  /\b(and|then)\s+(then\s+)?(expose|reject|alert|send|store|show|display|notify|return|refund|block|charge|cancel|email|serve|render|redirect|warn the user|log the user)\b/i

const ADDS = /^(add|create|build|make|develop|introduce|provide|extend|set-up)$/
const BUILDS = /^(add|build|develop|introduce|provide|expose|enable|support|allow|let|implement)$/

/** What a program is made of, at the end of a noun phrase. */
const PRODUCT =
  /\b(endpoints?|routes?|handlers?|pages?|screens?|views?|viewer|forms?|buttons?|dialogs?|modals?|widgets?|panels?|dashboards?|charts?|tables?|columns?|fields?|toggles?|wizards?|flows?|services?|clients?|servers?|controllers?|repositor(y|ies)|queues?|jobs?|workers?|schedul(er|ing)|parsers?|loaders?|runners?|generators?|calculators?|calculations?|search|upload|uploads|downloads?|imports?|exports?|importer|exporter|editor|preview|history|feed|notifications?|reminders?|validation|validator|orders?|requests?|rules engine|engine|cache|middleware|hooks?|commands?|subcommands?|bookings?|payments?|filters?|sorting|pagination|logic|button|reports?|results|scores?|override|mode|api|apis|modal|tab|tabs|menu|store|storage|badge|banner|tracker|tracking|alerts?|webhooks?|sidebar|index)$/

const HUMAN =
  /\bmanual(ly)?\s+(verif|test|check|confirm|valid|qa\b|review|accept|walk|inspect|smoke)|\b(verify|test|check|confirm|validate)\b.{0,30}\bmanually\b|\buser acceptance\b|\bUAT\b/i

const PROCEDURE = /\b(procedures?|checklists?|plans?|scripts?|guides?|instructions|protocols?)$/

const FAILING = /\bfailing\b.{0,25}\btests?\b|\btests? first\b|\b(must|should) fail\b/i

/** Tests of code that is there already, wherever in the plan the task is. */
const EXISTING =
  /\bcharacteri[sz]ation\b|\b(for|of|in|against) (the |all |our )?(existing|current|legacy)\b|\bback-?fill/i

const TRIAL = /^(re-?)?test\s+(?!for\b|cases?\b|suites?\b|that\b|class\b|file\b)[\w'-]/i
/** Here `test` is the first half of a noun. */
const TEST_COMPOUND =
  /^(\w+ )?test[\s-]+(results?|reports?|drives?|accounts?|mode|scores?|takers?|cent(er|re)s?|bookings?|orders?|appointments?|kits?|plans?|banks?|papers?|questions?|attempts?|slots?|certificates?|history|samples?|coverage|environments?|grading|alarms?|runs?)\b/i
/** `Test pilot roster` is a thing; `Test keyboard navigation` and `Test the pilot roster` are activities. */
const TEST_NOUN_PHRASE =
  /^test (?!(the|all|our|each|every|both|on|in|with|this|that|a|an|complete|full|error|edge|end-to-end|\w+ing)\b)(?!.* (with|can|in|when|on|that|against)\b)(\w+ ){1,3}(?!(\w+(ing|tion|tions|ity|ness)|scenarios?|behaviou?rs?|cases|paths|fallbacks|output|workflows?|logic)\b)\w+\s*$/i

const PERFORMANCE_TEST =
  /\b(performance|load|stress|soak)[- ](tests?|testing|runs?|validation|benchmarks?|benchmarking|measurements?|audit)$|\bbenchmarks?( suite)?$/
const MEASURES = /^(re-?run|run|execute|measure|validate|verify|profile|benchmark|check|confirm)$/
const PERFORMANCE =
  /\b(performance|latency|throughput|load times?|lighthouse( \w+)?( audits?| score)?|profiler|response times?|performance (metrics|targets?|goals?|budgets?|requirements|criteria|tests?|testing|benchmarks?|validation)|(load|stress|soak)[- ](tests?|testing)|benchmarks?( suite)?|startup time|memory usage|bundle size)$/

const QUICKSTART =
  /^(re-?run|run|execute|follow|validate|verify|walk through|test|complete|perform)\b.{0,60}\bquickstart(\.md)?(\s+(validation|scenarios?|walk-?through|guide|instructions?|steps?|checklist|manual\w*|locally|end-to-end|examples?|file|commands?|document))*(\s*$|\s*[(:;,—–.-]|\s+(in|with|and|on|to|from|by|is|are|works?|against|as|for|locally|per|update)\b)|^[\w./-]*quickstart(\.md)?\s+(validation|scenarios?|walkthrough)\s*($|[(:;,—–]|(run|of|for|in|with|and)\b)/i

const TOOL =
  'mypy|ruff|eslint|oxlint|biome|prettier|tsc|npm|npx|pnpm|yarn|bun|pytest|cargo|dotnet|make|mvn|go (test|vet)|flake8|black|isort|vitest|jest|playwright|phpunit|rspec|rubocop|clippy|golangci-lint|xcodebuild|markdownlint|swift test'
const ADJECTIVES = String.raw`(the|all|full|whole|overall|total|average|entire|complete|final|existing|new|clean|production|release|project|still)`
/** A property of the project, not of what it does. */
const ASSURED = new RegExp(
  [
    // The tests pass, and nothing in the program depends on it.
    String.raw`^(verify|ensure|confirm|check)\b.{0,90}\btests?\b( suites?)? (\((?!.*\b(before|when)\b)[^)]*\) )?((all|still|now) )?(pass(es|ing)?|fail(s|ing)?|(are|is) (still )?(red|green|passing|failing))\b(?!\s+(before(?! implementation)|when|if|or|results?)\b)`,
    String.raw`^(verify|ensure|confirm|check) (that )?(${ADJECTIVES} )*((unit |integration )?test|code|line|branch|statement|type|type-?hint)? ?coverage\s*($|[≥>=(:,]|\d|(is|stays|remains|meets|reaches|exceeds|at least|above|over|report|threshold)\b)`,
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
  /^((final|full|complete|whole) )*(test( suite)? run|(verification|build) run|final (verification|checks?))\s*($|[(:;,—–])|^(verify|check|re-?run) (the |all )?(tests|types|specs)\s*($|[(:;,—–])/i
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
  String.raw`(^|\b)(tests?|test (suites?|files?)|suites?|specs?|lint(ers?|ing)?|lint (checks?|rules)|type[- ]?check(s|ers?|ing)?|static analysis|code analysis|security audit|accessibility audit|dependency audit|formatters?|(code )?formatting|(test|code) coverage|coverage( reports?)?|(coverage|typescript|type|lint|linting|format|formatting) (checks?|pass)|(codacy|sonarqube|codeql|bundle|dependency) (analysis|audit)|(axe-core|lighthouse|npm) (automated )?audit|automated audit|test reports?|quality (gates?|checks?)|(full|final|pre-commit|ci) (gate|checks|pipeline)|(${TOOL})( \w+)?)$|^(${ADJECTIVES} )*((npm|docker|debug|backend|frontend|app) )?(build|audit|gate)$`,
)

const WRITES =
  /^(update|write|add|author|create|revise|rewrite|extend|improve|generate|finali[sz]e|complete|draft|prepare|polish|expand|refresh|review|publish|produce|fix|maintain|remove|delete|record|provide)$/
const DOCUMENTATION =
  /\b(documentation|docs|readmes?|changelog|(user|developer|deployment|migration|maintenance|operations|upgrade|testing|development|installation|contribut\w+|style|troubleshooting|operator|admin|setup|getting[- ]started|integration|usage|quickstart) guides?|user manual|(installation|deployment|build) instructions|api reference|docstrings?|jsdoc( comments)?|release notes|code comments|inline comments|runbooks?|architecture decision records?|adrs?|(readme|changelog|documentation|docs) (files?|sections?|entr(y|ies)|pages?|examples?|comments?))$|\b(readme|changelog|contributing|claude|agents|privacy|security|quickstart)(\.md)?$/
const PART_OF_DOCUMENT =
  /\b(sections?|guides?|examples?|entr(y|ies)|notes?|instructions|outputs?|descriptions?|diagrams?|steps)$/
const INTO_DOCUMENT =
  /\b(in|to|into|of|for)\s+([\w-]+\s+){0,2}(docs|documentation|readme(\.md)?|changelog(\.md)?)(\s+\w+)?\s*($|[(,.;—–])|^(in|to|into)\s+readme\b/i
const AT_RUNTIME = /\b(each|every|when|whenever|on|users?|customers?|from|automatically)\b/i
const DOCUMENTS =
  /^document\s+(the|a|an|all|any|each|every|how|what|why|which|where|when|whether|known|new|our|its|this|these|public|and)\b/i
const DESCRIBED =
  /\b(usage|decisions?|principles|techniques|properties|mechanisms|dependencies|structure|interfaces|set-?up|installation|behaviou?rs?|differences|known issues|specification|flow between \w+|findings|steps|options|variables|conventions|limitations|rationale|results|architecture|assumptions|trade-?offs|codes|parameters|instructions|examples|procedures?|requirements|breaking changes|apis?|endpoints|commands|flags|strategy|schemas?|contracts?|configuration|patterns)$/
/** Here `document` is the first half of a noun. */
const DOCUMENT_COMPOUND =
  /^document[\s-]+(up|down)?(loads?|search|view\w*|preview\w*|pars\w+|edit\w*|stor\w+|lists?|models?|services?|generat\w+|templates?|manag\w+|shar\w+|process\w+|version\w*|scan\w*|conver\w+|imports?|exports?|sign\w*|index\w*|filters?|tags?|types?|approval|review|verification|access|permissions?|retention|categor\w+|classif\w+|api|apis|deletion|expiry|ocr|number\w*|history|schemas?|retrieval|chunk\w*|embedding\w*|ingest\w*)\b/i

const CLEARLY_TOOLING =
  /\b(eslint|prettier|ruff|mypy|tsconfig|pre-commit( hooks?)?|git ?hooks?|linters?|linting|test (framework|runner)|ci|(dev|npm|project|test|testing|build|python|runtime|frontend|backend) dependenc(y|ies)|dependenc(y|ies)|docker-compose|dockerfile|github actions( workflow)?)( config(uration)?| set-?up| rules| settings)?$/
const DEV =
  '(npm|pip|dev|development|project|python|node|backend|frontend|core|build|test|testing|required|runtime|the|all|ci|ci/cd|cd|github|gitlab|actions|deployment|release|local|outdated|base|initial|docker|production|cloud|functions|third-party|server|client|code|typescript|javascript|java|rust|go|react|next\\.?js|vite|django|and)'
const TOOLING = new RegExp(
  String.raw`${CLEARLY_TOOLING.source}|^(${DEV} )*(lint(er|ing)?|format(ter|ting)?|ci|ci/cd|cd|pipelines?|workflows?|docker( \w+)?|environment( variables?)?|environments?|env vars|dependenc(y|ies)|packages?|tools?|tooling|toolchain|vitest|jest|pytest|playwright|typescript|tailwind( css)?( v\d)?)( config(uration)?| set-?up| rules| settings)?$`,
)
/** A whole sentence about the project itself, not about projects in the program. */
const PROJECT_SETUP =
  /^(set[ -]?up|initiali[sz]e|create|add|configure|scaffold|bootstrap) (the |a |an |new )?((project|repo(sitory)?|code ?base|monorepo|development environment|npm project|git repo(sitory)?|(project|folder|directory|repository) (structure|skeleton|scaffold(ing)?|layout)|continuous integration|test database|\.gitignore|\.editorconfig|\.dockerignore)|(lint(er|ing)?|eslint|prettier|docker|docker-compose|ci) (config(uration)?|set-?up|file|pipeline|workflow)|(ci|github actions) (pipeline|workflow)( for (the )?tests)?|dockerfile|docker-compose(\.ya?ml)?( file)?)\s*($|[(:;—–]|(with|in|using|per|according to|as per) )|^(python |node |local )?(project|(development )?environment|ci|tooling|repository|monorepo|docker)( and (project|folder|directory) structure)? (set-?up|configuration|initiali[sz]ation)\s*($|[(:;,—–])|^python development environment\b|^install (playwright|cypress|chromium) ?(browsers)?\s*($|[(:])|^(upgrade|bump|update|migrate) (to )?(node(\.js)?|npm|react|typescript|python|django|vite|next\.js|java|go|rust|angular|vue|svelte|express|rails|spring boot|\.net|postgres(ql)?|vitest|jest|eslint|tailwind)( to)?( version)? v?\d|^bump (the )?(package |project )?version\b/i
const INSTALLED = /\b(package|dependenc(y|ies)|librar(y|ies)|sdk)$/
const IN_PROJECT =
  /^$|^(in|into|for)\s+(the\s+)?(frontend|backend|project|root|workspace|app|server)\b|^[:(]/i
const ALWAYS_TOOLING =
  /\b(eslint|prettier|ruff|mypy|tsconfig|pre-commit( hooks?)?|git ?hooks?|linters?|linting|test (framework|runner)|ci|docker|docker-compose|github actions( workflow)?|vitest|jest|pytest|playwright)( config(uration)?| set-?up| rules| settings)?$/
const FOR_PROJECT =
  /^in\s+\S*[./]\S*|^(for|of|in|on|from)\s+(the\s+|all\s+|our\s+)?(project|github|gitlab|docker|root|packages?|pyproject|cargo|settings|server|client|app|frontend|backend|development|production|staging|tests?|testing|linting|builds?|ci|repository|workspace|monorepo|packages|typescript|javascript|python|node|react|deployment)\b/i
const FOR_USERS =
  /\b(users?|customers?|tenants?|accounts?|orders?|members?|guests?|devices?|organi[sz]ations?|request|demand|checkout|subscri\w+|admins?)\b/i

const COVER =
  /^(cover|back-?fill|increase|raise|improve|extend|complete)\b.{0,80}\b(with|by|in)\b.{0,20}\b(tests?|specs?)\b|^(back-?fill|increase|raise|improve|extend|complete)\b.{0,60}\b(unit tests?|tests|test coverage|specs)\s*($|[(:,]|(of|for|in|to|on)\b)|^(increase|raise|improve)\s+(the\s+)?((test|code) coverage\b|coverage of (the )?[\w-]+ (to|above) \d+ ?%)/i

/** A noun that begins with `test` and is none: `test takers`, `unit test grading`, `CI workflow`. */
const TEST_OBJECT =
  /\btest (takers?|plans?|drives?|cent(er|re)s?|kits?|grading|bookings?|appointments?|accounts?|papers?|attempts?|slots?|certificates?|samples?|questions?|banks?|scor\w+|history|environments?|alarms?)\b/
const TEST_NOUN = /\b(tests?|specs?|testing)\b/
const QUALIFIED_TEST =
  /^(contract|integration|unit|e2e|end-to-end|acceptance|component|regression|smoke|failing|property|snapshot|playwright)[- ](\S+\s+)?(tests?|specs?)\b/i

/** The source that it names is what the tests are for, or holds them. */
const TESTS_OF_SOURCE =
  /^(write|add|create|author|extend)( \S+){0,4} (tests|test cases|specs) (for|of|to|in|covering)\b/i
const SECOND_TASK =
  /\b(and|then) (then )?(implement|build|create|add|write|make|fix|update|extend)\b/i
/** Enough of a hint if every file is a test file. */
const TESTS_IN_FILES =
  /\b(tests?|specs?)\s+(in|at|to|for|of|→|->)\s|^\S+( \S+)? tests\b|^(add|write|create)\b.* (tests?|specs?|checks)\s*($|[(:;,—–]|in\b)|^(unit |integration |e2e )?test\s|テスト|测试|測試|테스트/i

const TEST_WORDS: readonly RegExp[] = [
  /^((write|add|create|implement|extend|update|author|define|build)\s+)?(\S+\s+){0,4}?(contract|integration|unit|e2e|end-to-end|acceptance|component|regression|smoke|failing|property|snapshot|api|ui|playwright|widget|functional|security|accessibility)[- ](\S+\s+)?(tests?|specs?)\b/i,
  /^(write|add|create|author|extend)\b.{0,80}\b(tests?|test (cases?|suites?|class|file|coverage)|specs|spec (for|of))\b/i,
  /^tests?\b(?!\s+(data|fixtures?|infrastructure|helpers?|framework|utilities|harness))/i,
  /(编写|撰寫|编寫).{0,40}(测试|測試)(?!结果|数据|页面|环境|账号)/u,
  /(^|\s)(编写|撰寫|添加|新增|创建|建立)?\S{0,24}(单元测试|集成测试|契约测试|單元測試|整合測試|テストを(作成|追加|書く)|테스트 작성)/u,
]
