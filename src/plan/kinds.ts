import { ADDS, BEHAVIOUR_VERB, isBehaviour, PRODUCT, WRITES } from './behaviour-titles.ts'
import { isCheckRun, isPerformanceRun, isQuickstart } from './check-run-titles.ts'
import { isDelivery } from './delivery-titles.ts'
import { isDocumentation } from './documentation-titles.ts'
import { isCode, isConfigurationFile, isDocument, isSource } from './file-role.ts'
import type { KindClues } from './kind-clues.ts'
import type { Kind, Task } from './plan.ts'
import { isProjectChore } from './project-chores.ts'
import { isRefactor } from './refactor-titles.ts'
import { isTestFirst, isTrial, withoutPrefix, writesTests } from './test-titles.ts'
import { titleWords } from './title-words.ts'
import { isConfiguration } from './tooling-titles.ts'
import { DOUBTFUL_WORD, repairsTests } from './unchanged-behaviour.ts'

/** How a task has to be proven, and why. The first rule that matches decides. The settings can assign another one. */
export function kindOf(given: KindClues): { kind: Kind; kindReason: string } {
  const title = withoutPrefix(given.title)
  const clues = { ...given, title, files: withPatterns(title, given.files) }
  if (clues.humanMark !== undefined) return { kind: 'person', kindReason: clues.humanMark }
  for (const { matches, kind, reason } of RULES)
    if (matches(clues)) return { kind, kindReason: reason(clues) }
  return { kind: 'build', kindReason: buildReason(clues) }
}

/** A task that names files, and others by a pattern such as `src/*.ts`, is about all of them. */
function withPatterns(title: string, files: readonly string[]): readonly string[] {
  if (files.length === 0 || !title.includes('*')) return files
  const patterns = title.match(/[\w@./-]{0,200}\*[\w./*-]{0,200}/g) ?? []
  return [...files, ...patterns.filter(pattern => /[./]/.test(pattern))]
}

interface Rule {
  matches: (clues: KindClues) => boolean
  kind: Kind
  reason: (clues: KindClues) => string
}

/** Why a task is proven by its documents. */
export const DOCUMENTATION = 'it is documentation'

const RULES: readonly Rule[] = [
  rule('person', isForHuman, 'its title asks for a human'),
  {
    matches: clues => clues.category === 'setup' && !isBehaviourInSetup(clues),
    kind: 'check',
    reason: ({ phase }) => `phase "${phase}" sets things up`,
  },
  rule('refactor', isRefactor, 'it changes how code is written, not what it does'),
  rule('check', isPerformanceRun, 'it measures performance'),
  rule('check', isQuickstart, 'it runs the quickstart'),
  rule('check', isCheckRun, 'it runs a check'),
  rule('check', isDelivery, 'it delivers what was built'),
  rule('check', isDocumentation, DOCUMENTATION),
  rule('check', isConfiguration, 'it is configuration'),
  rule('check', isProjectChore, 'it is about the project, not about what the program does'),
  rule('check', repairsTests, 'it repairs tests'),
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
  const word = (DOUBTFUL_WORD.exec(title) ?? CHECK_WORD.exec(title))?.[0]
  return word === undefined ? BEHAVIOUR : `${BEHAVIOUR}, although its title says "${word}"`
}

/** Does the title have a word that can stand for work without new behaviour, and was taken as behaviour? */
export function isDoubtful({ title, kindReason }: Pick<Task, 'title' | 'kindReason'>): boolean {
  return kindReason.startsWith(BEHAVIOUR) && DOUBTFUL_WORD.test(withoutPrefix(title))
}

const BEHAVIOUR = 'it adds or changes behaviour'

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

/** Only a title that asks somebody to look, not one that builds something for manual work. */
function isForHuman({ title }: KindClues): boolean {
  if (!HUMAN.test(title)) return false
  const words = titleWords(title)
  if (BUILDS.test(words.verb) || BEHAVIOUR_VERB.test(title)) return false
  // It writes down what somebody will do.
  if (WRITES.test(words.verb) && words.objects.some(object => PROCEDURE.test(object))) return false
  return !words.objects.some(object => /\bmanual\b/.test(object) && PRODUCT.test(object))
}

const SETUP_VERB =
  /^(download|read|load|import|export|sync|index|cache|list|store|ensure|validate)\b/i

/** Code that does something, whatever its phase is called: at a named file, and without one. */
const CODE_UNIT = /\b(utils|utility|utilities|helpers?|functions?|logic|hooks?|systems?)$/

const KNOWN_CODE_UNIT =
  /\b(authentication|auth|authori[sz]ation|validation|permission|payment|notification|search|query) (utils|utility|utilities|helpers?|functions?|logic|hooks?|systems?)$/

const CHECK_WORD =
  /\b(docs?|documents?|documentation|set-?up|builds?|checks?|run|coverage|tests?|upgrade|install|configure|lint|performance|benchmark|readme)\b/i

const BUILDS = /^(add|build|develop|introduce|provide|expose|enable|support|allow|let|implement)$/

const HUMAN =
  /\bmanual(ly)?\s+(verif|test|check|confirm|valid|qa\b|review|accept|walk|inspect|smoke)|\b(verify|test|check|confirm|validate)\b.{0,30}\bmanually\b|\bawait(ing)? (the )?explicit\b|\bexplicit (user|human) (approval|confirmation|go-ahead)\b|\buser acceptance\b|\bUAT\b/i

const PROCEDURE = /\b(procedures?|checklists?|plans?|scripts?|guides?|instructions|protocols?)$/
