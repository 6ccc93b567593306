import { BEHAVIOUR_VERB, PRODUCT } from './behaviour-titles.ts'
import type { KindClues } from './kind-clues.ts'
import { testsInOtherLanguage } from './other-languages/tests.ts'
import { isTestFile } from './test-file.ts'
import { titleWords } from './title-words.ts'
import { repairsSomething } from './unchanged-behaviour.ts'

/** The part that decides: a number or the word `Task` before the sentence says nothing about it. */
export function withoutPrefix(title: string): string {
  return title.slice(0, TITLE_LENGTH).replace(PREFIX, '')
}

const PREFIX =
  /^(\d+(\.\d+)*[.)]?\s+|task\s*[\d.]*:\s+|[-–:]\s+|(REQ|FR|NFR|US|AC|SC|BR|UC)(-[A-Z][A-Z0-9]*)*-\d+[a-z]?(,?\s+(and\s+|&\s+)?|:\s+))+/i

/** Does the task only write tests? */
export function writesTestsOnly(given: string, files: readonly string[]): boolean {
  const title = withoutPrefix(given)
  // A test that fails now is either wrong, or right about the code.
  if (repairsSomething(title)) return false
  if (!files.every(file => isTestFile(file) || file.endsWith('/')))
    return TESTS_OF_SOURCE.test(title) && !SECOND_TASK.test(title)
  if (files.length > 0 && TESTS_IN_FILES.test(title) && !BEHAVIOUR_VERB.test(title)) return true
  if (COVER.test(title) || (files.length > 0 && /^cover\b/i.test(title))) return true
  if (testsInOtherLanguage(title)) return true
  if (!TEST_WORDS.some(pattern => pattern.test(title))) return false
  return (
    files.length > 0 ||
    !(isProductOfTests(title) || TEST_COMPOUND.test(title) || TEST_NOUN_PHRASE.test(title))
  )
}

/** Characters of a title that decide. The patterns would need long for a title without end. */
const TITLE_LENGTH = 1_000

/** Does the task write tests and nothing else? */
export function writesTests({ title, files }: KindClues): boolean {
  return writesTestsOnly(title, files)
}

/** Does it write the tests before the code that they test? */
export function isTestFirst(clues: KindClues): boolean {
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

/** `Test the connection` means to try it, unless the task names a test file or its phase is for writing tests. */
export function isTrial({ category, title, files }: KindClues): boolean {
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
  /\b(tests?|specs?)\s*$|\b(tests?|specs?)\s+(in|at|to|for|of|→|->)\s|^\S+( \S+)? tests\b|^(add|write|create)\b.* (tests?|specs?|checks)\s*($|[(:;,—–]|in\b)|^(unit |integration |e2e )?test\s|テスト|测试|測試|테스트/i

const TEST_WORDS: readonly RegExp[] = [
  /^((write|add|create|implement|extend|update|author|define|build)\s+)?(\S+\s+){0,4}?(contract|integration|unit|e2e|end-to-end|acceptance|component|regression|smoke|failing|property|snapshot|api|ui|playwright|widget|functional|security|accessibility)[- ](\S+\s+)?(tests?|specs?)\b/i,
  /^(write|add|create|author|extend)\b.{0,80}\b(tests?|test (cases?|suites?|class|file|coverage)|specs|spec (for|of))\b/i,
  /^tests?\b(?!\s+(data|fixtures?|infrastructure|helpers?|framework|utilities|harness))/i,
  /(编写|撰寫|编寫).{0,40}(测试|測試)(?!结果|数据|页面|环境|账号)/u,
  /(^|\s)(编写|撰寫|添加|新增|创建|建立)?\S{0,24}(单元测试|集成测试|契约测试|單元測試|整合測試|テストを(作成|追加|書く)|테스트 작성)/u,
]
