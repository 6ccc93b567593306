import { isCode, isSource } from './file-role.ts'
import type { KindClues } from './kind-clues.ts'
import { isTestFile } from './test-file.ts'

/**
 * Does the title say that the program does the same afterwards? A word such as `format`, `move` or `rename` alone does not: a program
 * can format dates and move cards. So a tool, a place in the code or the author's own words have to be there as well.
 */
export function keepsBehaviour({ title, files }: Pick<KindClues, 'title' | 'files'>): boolean {
  if (SAYS_SO.test(title) && !ADDS.test(title)) return true
  if (WITH_FORMATTER.test(title) || FORMATTING.test(title) || COMMENTS.test(title)) return true
  if (RENAMES.test(title) || NAMED_PART.test(title) || INTO_HELPER.test(title)) return true
  if (INTO_FILE.test(title) || removesUnused(title)) return true
  // What is the same in two places of the code is code.
  return DEDUPLICATES.test(title) && files.filter(file => isCode(file) && isSource(file)).length > 1
}

/** `Remove the unused src/old.ts`, `Delete the function Lower, nothing uses it`: code that is named, and that the author calls unused. */
function removesUnused(title: string): boolean {
  return REMOVES_UNUSED.test(title) || REMOVES_AS_UNUSED.test(title)
}

/** Does the task repair tests that are wrong, and nothing else? Code that a test finds wrong is behaviour. */
export function repairsTests({ title, files }: Pick<KindClues, 'title' | 'files'>): boolean {
  return files.length > 0 && files.every(isTestFile) && REPAIRS.test(title)
}

/** Does the title ask for tests to be repaired, perhaps by repairing the code? */
export function repairsSomething(title: string): boolean {
  return /^(fix|repair|correct|un-?break)\b/i.test(title)
}

/** A word that can stand for work without new behaviour, and can be about what the program does too. */
export const DOUBTFUL_WORD =
  /\b(re-?factor\w*|rename|clean[- ]?up|tidy|upgrade|simplify|extract|de-?duplicate|restructure|re-?format|format(ting)?|inline|comments|dependency|reorgani[sz]e)\b|^(move|verify|commit|split|format)\b/i

const PATH = String.raw`[\x60"']?[\w@.-]*[\w./-]*\.\w+[\x60"']?`
const CODE_PATH = String.raw`[\x60"']?[\w@./-]+\.([cm]?[jt]sx?|py|rs|go|java|kts?|rb|php|cs|c|cc|cpp|hh?|hpp|swift|vue|svelte)[\x60"']?`
const END = String.raw`\s*($|[.(:;,—–])`

/** A file of code, a name in backticks, or a part of the code with its name. */
const NAMED_CODE = String.raw`(?:the )?(?:(?:file|module|function|method|class|helper|component|hook|interface|constant|variable) )?(?:${CODE_PATH}|\x60[\w$.]+(?:\(\))?\x60)|(?:the )?(?:function|method|class|helper|interface|constant|variable) (?!(?:of|for|from|in|that|which|with|to|and|or)\b)[A-Za-z_$][\w$.]*(?:\(\))?`
const UNUSED = String.raw`(?:unused|dead|obsolete|unreferenced|orphaned|unneeded|no longer (?:used|needed))`

const REMOVES_UNUSED = new RegExp(
  String.raw`^(?:remove|delete|drop|prune) (?:the )?(?:now )?${UNUSED} (?:${NAMED_CODE})(?: (?:in|from) ${CODE_PATH})?(?:,? (?:and|with|including) (?:its|their|the) tests?)?[.)]*$`,
  'i',
)

const REMOVES_AS_UNUSED = new RegExp(
  String.raw`^(?:remove|delete|drop|prune) (?:${NAMED_CODE})(?: (?:in|from) ${CODE_PATH})?(?:,|;|:| \(| [-–—])? *(?:(?:because|since|as) )?(?:(?:which|that|it) )?(?:(?:is|are) )?(?:(?:now )?${UNUSED}|not used any ?more|never (?:used|called)|nothing (?:uses|calls) it)(?: any ?more)?[).]*$`,
  'i',
)

const SAYS_SO =
  /[([](pure |only |just )?re-?factor(ing)?( only)?[)\]]|\b(without|no) (any )?(changes? (of|in|to)|changing) (the |its |any |existing |external |observable |public )*(behaviou?r|output|functionality|semantics|results?)\b(?! of\b)|\bno (functional|behaviou?r(al)?) changes?\b|\bbehaviou?r[- ](preserving|neutral)\b|\b(keep(ing)?|preserv(e|ing)) (the |all |its |existing )*behaviou?r( (unchanged|the same|as it is|identical))?\s*($|[.)])/i

const ADDS =
  /^(add|create|build|develop|introduce|provide|extend|implement|support|allow|enable|expose|let)\b/i

const WITH_FORMATTER = new RegExp(
  String.raw`^(re-?)?format ((the|all|our|whole|entire|every|remaining|source|test|js|ts|javascript|typescript|python|rust|go|java|css|html) )*(everything|files?|code|code ?base|sources?|project|repo(sitory)?|workspace|tests?|${PATH}) (with|using|by) (the )?[\x60"']?(prettier|rustfmt|cargo fmt|gofmt|goimports|black|ruff|biome|oxfmt|dprint|clang-format|ktlint|ktfmt|spotless|google-java-format|isort|scalafmt|swiftformat|php-cs-fixer|pint|eslint|autopep8|yapf|csharpier|dotnet format|rubocop|standard)\b(?!.*\b(when|if|on|before|after)\b)`,
  'i',
)

const FORMATTING = new RegExp(
  String.raw`^(clean up|fix|correct|tidy( up)?|apply|unify) (the )?(code )?formatting (of|in|to) (the )?(code|code ?base|sources?|project|repo(sitory)?|${CODE_PATH})${END}`,
  'i',
)

/** Comments at a file or folder. `Add comments to posts` is a feature. */
const COMMENTS = new RegExp(
  String.raw`^(add|write|update|improve|fix|remove|translate) (the |all |missing |more |some |old |outdated )*((js|tsx?|java|rust|py)?docs?( ?comments?)?|docstrings?|(code |inline |doc |explanatory )?comments) (to|in|for|from) (the )?(${CODE_PATH}|code|code ?base|sources?|functions in ${CODE_PATH})${END}`,
  'i',
)

const RENAMES =
  /^rename [`"']?\w+[`"']? (to|into|as) [`"']?\w+[`"']? ((in|across|throughout) (all |the |our |every |whole |entire |source |code )*(files?|code|code ?base|sources?|src|project|repo(sitory)?)|everywhere in (the )?code)\s*($|[.(:;,—–])/i

const NAMED_PART = new RegExp(
  String.raw`^(inline|simplify|untangle|tidy( up)?|restructure) (the )?((helper |utility |private )?(helper|function|variable|constant)s? [\x60"']?[\w.]+(\(\))?[\x60"']?|[\x60"']?[\w.]+(\(\))?[\x60"']? (helper|helper function)|[\x60"']?[\w.]+\(\)[\x60"']?)( (in|of|from|into|at) (its (only )?(callers?|uses?)|${CODE_PATH}))?${END}`,
  'i',
)

const MOVES = '(extract|move|pull|split|factor out|lift|hoist)'

const INTO_HELPER = new RegExp(
  String.raw`^${MOVES} .{1,80}? (out )?(in)?to (a|one|its own|an own|their own|the same) ((new|shared|small|private|common|pure|separate) )*(helper|function|method|helper function)( [\w\x60]+)?( in ${CODE_PATH})?${END}`,
  'i',
)

/** `Extract text from PDF into src/pdf.js` says what the code does, and where it is. */
const INTO_FILE = new RegExp(
  String.raw`^${MOVES} (?!.*\b(from|of|out of|between|when|on) (?!${CODE_PATH}))[^,;:]{1,80}? (out )?(in)?to (the )?(new )?(file |module )?${CODE_PATH}${END}`,
  'i',
)

const DEDUPLICATES =
  /^(de-?duplicate|dedupe|unify|share)\b.* (in|of|from|between|across) (both )?\S+/i

const REPAIRS = new RegExp(
  String.raw`^(fix|repair|correct|un-?break|de-?flake|stabili[sz]e)( up)? ((the|a|an|all|any|both|this|these|failing|broken|wrong|flaky|red|outdated|stale|old|incorrect|invalid|unit|integration|e2e) )*((tests?|specs?|test cases?|test files?|expectations?|expected values?|assertions?)( [\x60"'][^\x60"']+[\x60"'])? (in|of|at) )?${PATH}${END}`,
  'i',
)
