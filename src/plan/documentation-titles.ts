import {
  ALSO_IMPLEMENTS,
  BEHAVIOUR_VERB,
  isBehaviour,
  SECOND_CLAUSE,
  WRITES,
} from './behaviour-titles.ts'
import { isDocument } from './file-role.ts'
import type { KindClues } from './kind-clues.ts'
import { documentsInOtherLanguage } from './other-languages/documents.ts'
import { isAbout, titleWords } from './title-words.ts'

/** Does the task write documents only? */
export function isDocumentation({ title, files }: KindClues): boolean {
  if (ALSO_IMPLEMENTS.test(title)) return false
  if (files.length > 0) return files.every(isDocument) && !isBehaviour(title)
  if (documentsInOtherLanguage(title)) return true
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
