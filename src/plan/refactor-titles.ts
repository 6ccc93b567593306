import { isConfigurationFile, isDocument } from './file-role.ts'
import type { KindClues } from './kind-clues.ts'
import { refactorsInOtherLanguage } from './other-languages/refactors.ts'
import { keepsBehaviour } from './unchanged-behaviour.ts'

/**
 * Does the task change how the program is written, and not what it does? Words such as `rename`, `clean up` and `upgrade` decide
 * only if they are about code: a program can rename albums, clean up sessions and upgrade seats too.
 */
export function isRefactor({ title: given, files }: KindClues): boolean {
  const title = given.replaceAll(/[*]/g, '').replace(/\.$/, '')
  if (files.length > 0 && files.every(isDocument)) return false
  if (isUpgrade(title)) return true
  if (files.length > 0 && files.every(isConfigurationFile)) return false
  if (ADDS_BEHAVIOUR.test(title)) return false
  if (refactorsInOtherLanguage(title)) return true
  if (REFACTORS.test(title) || CLEAN_UP.test(title) || RUNS_FORMATTER.test(title)) return true
  if (keepsBehaviour({ title, files })) return true
  if (AT_RUNTIME.test(title)) return false
  return ABOUT_CODE.some(pattern => pattern.test(title)) || isAboutNames(title) || isMoved(title)
}

/** What the project depends on, or the tools that it is built with. */
function isUpgrade(title: string): boolean {
  return UPGRADES_DEPENDENCIES.test(title) || UPGRADES_TOOL.test(title) || UPGRADES_TO.test(title)
}

/** `Rename Stack to Pile`, `Clean up parseDate`: the object is a name in the code. */
function isAboutNames(title: string): boolean {
  const [, verb = '', object = ''] = VERB_AND_OBJECT.exec(title) ?? []
  if (object === '') return false
  if (/^rename$/i.test(verb)) return IDENTIFIER.test(object) || RENAMED.test(object)
  return IDENTIFIER.test(object) && !/\b(to|into)\b/i.test(object)
}

/** `Extract validation into a helper`: a part of the code gets another place in it. */
function isMoved(title: string): boolean {
  const [, object = '', target = ''] = MOVES.exec(title) ?? []
  if (object === '') return false
  const isCode = CODE_PART.test(object) || IDENTIFIER.test(object)
  return isCode && (CODE_PLACE.test(target) || IDENTIFIER.test(target))
}

const ADDS_BEHAVIOUR =
  /(\b(and|then)|,)\s+(then\s+|also\s+)?(implement|support|allow|extend|introduce|expose|handle|reject|notify|send|add (?!(unit |missing |more )?(tests?|types?|comments?)\b)|create (?!(a |an )?(helper|module|util)))|\bto (support|allow|handle|accept|also|reject|enable|return)\b|\bso that (users?|customers?|guests?|members?|admins?)\b/i

/** A formatter that writes; one that only looks is a check. */
const RUNS_FORMATTER =
  /^run (the )?[`"']?((prettier|black|gofmt|rustfmt|cargo fmt|biome|oxfmt|dprint|isort|formatter|eslint|ruff)[`"']?( format)?( --?(write|fix|w)\b| (on|over|across) (all|the|every|entire|whole|each)\b(?!.*(--check|report)))|(npm|pnpm|yarn|bun) run (format|fmt|lint):(fix|write)\b)/i

const REFACTORS =
  /^(re-?factor\b(?!ing)|re-?factoring\s*($|[:(—–-]|(of|in|and|pass)\b)|code re-?factor(ing)?\b)/i

const CLEAN_UP =
  /^((final|general|minor|some|small|last) )?((code|code ?base|import|naming) )?(clean-?up|clean up|tidy(ing)?( up)?|re-?factor(ing)?)\s*($|[:(;,—–]|(and|&) (code )?(clean-?up|re-?factor\w*|tidy\w*|polish\w*|simplif\w*|formatting|optimi[sz]ation)|(of|in|across) (the |our )?(code|code ?base|sources?|src\b|`|[\w./-]+\.\w+)|pass\b)/i

/** The title says when the program does it, or with what data. */
const AT_RUNTIME =
  /\b(each|every|nightly|daily|hourly|weekly|monthly|whenever|automatically|periodically|in bulk|cron|bucket|by drag)\b|\bon (upload|save|login|log-?in|sign|request|demand|import|start|click|delete)|\bafter (a|an|\d+|one|two|three|each|the) |\b(users?|customers?|guests?|members?|tenants?|patients?|pupils?|students?|admins?)\b/i

const CODE =
  '(code|code ?base|logic|implementation|functions?|methods?|helpers?|utils?|utility functions?|types?|imports?|exports?|constants?|definitions?|styles?|css|queries|validation( logic| rules)?|parsing|fixtures?|tests?|test (code|set-?up|helpers?)|boilerplate|strings?|selectors?|markup|components?|classes|handlers?|set-?up code)'

const ABOUT_CODE: readonly RegExp[] = [
  new RegExp(
    String.raw`^(remove|reduce|eliminate|avoid|fix|clean up|resolve|extract|factor out|de-?duplicate|consolidate|merge|unify) ((the|all|any|some|remaining) )*(duplicated?|duplicate|repeated|redundant|copied|copy-pasted?) ${CODE}\b(?! (of|for) (the )?(orders?|invoices?|letters?)\b)`,
    'i',
  ),
  /^(remove|reduce|eliminate|avoid|fix|clean up|resolve) ((the|all|any|some|remaining) )*((code|logic|type|test|query) )?duplication\s*($|[(:;,—–]|(in|between|across|from|among|within)\b)/i,
  new RegExp(
    String.raw`^de-?duplicate (the )?([\w-]+ ){0,2}${CODE}\s*($|[(:;,—–]|(in|between|across|from|among|within)\b)`,
    'i',
  ),
  /^(remove|delete|drop|clean up|prune|eliminate|strip) ((the|all|any|old|now|remaining|and) )*((dead|unreachable|commented-out|commented|leftover|debug(ging)?) (code|css|branches|logic|statements?|logs?|logging|prints?|output)|(unused|obsolete|unneeded|unnecessary|redundant) (code|imports?|variables?|functions?|exports?|dependenc(y|ies)|parameters?|arguments?|helpers?|styles|css|modules|methods?|type definitions|props|constants?|casts?|type assertions)|deprecated (code|methods|functions|apis|calls|imports)|console\.\w+( calls| statements)?|console (logs?|statements)|print statements|todo comments|magic numbers|any types|`any`|global state|eslint-disable( comments)?)\b/i,
  /^(simplify|tidy( up)?|clean up|cleanup|restructure|re-?organi[sz]e|streamline|moderni[sz]e|improve|polish|untangle|unify|standardi[sz]e|normali[sz]e|optimi[sz]e|sort|organi[sz]e) ((the|our|all|whole|existing|overall|internal|current|project|source|common|shared) )*(code|code ?base|code (structure|quality|style|organi[sz]ation|layout|readability)|readability|maintainability|code and structure|imports?|(variable |function |method |test )?naming( conventions?)?|variable names|function names|(folder|directory|project|module|file) (structure|layout)|src( folder| directory)?|error handling code|type definitions|internals|implementation|test (code|helpers|utilities|fixtures|suites?)|helpers|utils)\s*($|[(:;,—–]|(in|of|for|across|and)\b(?! (goods|cars|products|orders)\b))/i,
  /^(reduce|lower) (the )?((cyclomatic|cognitive|code) complexity\b|complexity (of|in)\b(?!.*\b(passwords?|score|orders?)\b))|^(reduce|pay (down|off)|address|remove|tackle) ((the|some|remaining) )*(technical|tech) deb\w+/i,
  /^(fix|resolve|address|clear|silence|remove|clean up|eliminate|correct|reduce) ((all|the|any|remaining|existing|new|reported|current|open|\d+) )*(((es|ox|ts|py|style)?lint(er|ing)?|ruff|clippy|flake8|rubocop|mypy|pyright|tsc|type|typing|typescript|compiler|deprecation|static analysis|sonar\w*|biome|golangci-lint)( and (type|formatting|lint))?( checker)? (warnings?|errors?|issues?|findings?|violations?|problems?|complaints?)|warnings|lint(ing)?)\s*($|[(:;,—–]|(in|of|from|across|reported|and)\b)/i,
  /^(convert|migrate|port|rewrite|switch|move) ([\w./` -]{0,60}? )?(to|into) (typescript|es ?modules|esm|commonjs|async\/await|async await|promises|(react )?hooks|function(al)? components|composition api|script setup|f-strings|data ?classes|type hints|arrow functions|const|template literals|vitest|jest|pytest|pnpm|yarn|ruff|biome|eslint|oxlint|uv)\b/i,
  /^replace ([\w.` -]{0,60}? )?(callbacks|promises|magic numbers|string literals|hard-?coded \w+|any types|`any`|var|loops|nested (ifs?|conditionals)|conditionals|switch statements?|deprecated (apis?|calls|functions|methods|imports)|moment(\.js)?|lodash|jquery|request) (with|by) /i,
  /^add (type (hints?|annotations?)|typings|type definitions) (to|for|in) /i,
  /^extract ((a|the|all|any) )?((shared|common|reusable|duplicated?) )+(helpers?|code|logic|functions?|utils?|utilities|modules?|components?|constants|base class)\b/i,
  /^(re-?)?format (the |all )*(code|code ?base|sources?|source (code|files))\b(?! (blocks?|snippets?|samples?|examples?|fields?|listings?)\b)/i,
  /^(apply|enforce) (a |the )?(consistent |common )?(code style|formatting|naming conventions?)\b/i,
]

const IDENTIFIER =
  /^(the |class |function |method |type |interface |module |variable )*(`[^`]+`|[a-z]+[A-Z]\w*(\(\))?|[A-Z][a-z0-9]+[A-Z]\w*|[a-z]+_\w+|[\w-]*[\w./-]*\/[\w./-]+|[\w-]+\.([cm]?[jt]sx?|py|rs|go|java|kt|rb|php|cs|c|cpp|h|vue|svelte))(?![\w-])/

/** What is renamed is a name in the code, or one capitalised name becomes another. */
const RENAMED =
  /^(the )?(\S+ )?(functions?|methods?|variables?|constants?|parameters?|arguments?|identifiers?|symbols?|helpers?|namespaces?)\b|^(the )?([A-Z]\w*|\w+ (class|interface|module|type|package)|(class|interface|type) [A-Z`]\S*|(module|namespace|crate) \S+|test (files?|suites?|helpers?)) (to|into|as) \S+$|^(the )?test (files|helpers|suites)$/

const VERB_AND_OBJECT =
  /^(rename|simplify|tidy(?: up)?|clean up|cleanup|restructure|re-?organi[sz]e|streamline|moderni[sz]e|untangle|decouple|inline|modulari[sz]e|split(?: up)?|break up)\s+(.+?)(?:\s+(?:in|across|throughout|everywhere|from|for|so|because|by|with|using)\b.*|\s*[(:;,—–].*)?$/i

const MOVES =
  /^(?:extract|move|pull|split(?: up)?|factor out|lift|hoist|consolidate|merge|combine|unify|break(?: up)?|turn|factor)\s+(.+?)\s+(?:out )?(?:into|to)\s+(.+)$/i

const CODE_PART =
  /\b(code|logic|functions?|helpers?|parsing|parser|validation|handlers?|queries|rendering|routes|constants|types|styles|components?|class|modules?|utils|utilities|methods?|hooks|middleware|configuration|handling|formatting|formatters?|calculations?|calls|imports|parts|set-?up|boilerplate|repository|controller|router|strings|schemas?)\b/i

const CODE_PLACE =
  /\b(helpers?|functions?|modules?|components?|hooks?|utils?|utility|utilities|library|base class|abstract class|mixin|trait|constants?|own (class|file|package)|shared (class|file|package|code)|separate (class|file|files|modules?)|single (module|function|file|component|place)|one (place|module|function|file)|smaller \w+|two files|several files|files|middleware|service class|composables?)\b/i

const QUALIFIERS =
  '(the|all|our|any|outdated|project|project.s|dev|development|npm|pip|cargo|python|node|frontend|backend|front-end|back-end|third-party|direct|transitive|minor|major|production|runtime|javascript|js|core|test|testing|build|vulnerable|old|its)'

const UPGRADES_DEPENDENCIES = new RegExp(
  String.raw`^(upgrade|bump|update|refresh)( to)? (${QUALIFIERS} )*(dependenc(y|ies)|packages|libraries|libs|deps|toolchain|lock ?files?|frameworks?)( versions?)?\s*($|[(:;,—–]|(to|in|for security|and (fix|run|adapt|adjust|lock ?files?))\b)`,
  'i',
)

const TOOL =
  '(node(\\.?js)?|npm|pnpm|yarn|bun|deno|react(-dom)?|typescript|python|django|flask|fastapi|vite|vitest|jest|mocha|playwright|cypress|pytest|eslint|oxlint|prettier|biome|ruff|mypy|next(\\.js)?|nuxt|java|kotlin|gradle|maven|go|rust|cargo|angular|vue|svelte|express|fastify|nest(\\.?js)?|rails|ruby|spring boot|\\.net|dotnet|php|laravel|symfony|postgres(ql)?|tailwind( ?css)?|webpack|rollup|esbuild|babel|zod|prisma|lodash|axios|pydantic|numpy|pandas|sqlalchemy|tokio|serde|junit|electron|storybook)'

const UPGRADES_TOOL = new RegExp(
  String.raw`^(upgrade|bump|update|migrate)( to| from)? (the )?(${TOOL}\b( (and|&) ${TOOL}\b)?)( version)?( from( version)? v?\d[\w.]*)?( ?(to|→|->)?( version)? ?v?(\d[\w.]*|latest|the latest( version)?))?\s*($|[(:;,—–]|(and (fix|adapt|adjust)|in|across)\b)`,
  'i',
)

/** A package by its name, with a version that has three parts or a `v`. */
const UPGRADES_TO =
  /^(upgrade|bump|update) [@\w./-]+( from v?\d+[\w.-]*)? to (v\d[\w.-]*|\d+\.\d+\.\d+[\w.-]*)\s*($|[(:;,—–]|in\b)/i
