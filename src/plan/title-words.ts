/** The parts of a task's title that decide its kind: its verb and what the verb is about. */
export interface TitleWords {
  /** The first word in lower case, if it is a known verb; else the empty string. */
  verb: string
  /** The noun phrases that follow, in lower case and without articles: `docs search endpoint`. */
  objects: string[]
  /** The rest of the title after the first object. */
  rest: string
}

/** Splits a title into its verb and its objects, by the order of English words. */
export function titleWords(title: string): TitleWords {
  const plain = title
    .replace(/^(\[[^\]]*\]\s*)+/, '')
    .replaceAll(/[`*_]/g, '')
    .trim()
    .replace(
      /^(install|set[ -]?up|initiali[sz]e) (and|&) (configure|set[ -]?up|initiali[sz]e) /i,
      'configure ',
    )
  const [, verb = '', after = plain] = VERB.exec(plain) ?? []
  const cut = after.search(BOUNDARY)
  const phrase = cut < 0 ? after : after.slice(0, cut)
  const objects = phrase
    .split(CONJUNCTION)
    .map(part => part.replace(ARTICLES, '').replace(ADVERBS, '').trim().toLowerCase())
    .filter(part => part !== '')
  return {
    verb: verb
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '-')
      .replace(/^setup$/, 'set-up'),
    objects,
    rest: cut < 0 ? '' : after.slice(cut).trim(),
  }
}

/** Does every object end in a word that the pattern matches? The pattern ends with `$`. */
export function isAbout({ objects }: TitleWords, heads: RegExp): boolean {
  return objects.length > 0 && objects.every(object => heads.test(object))
}

const VERB =
  /^(set[ -]?up|re-?run|re-?test|walk through|back-?fill|add|author|adjust|allow|apply|audit|benchmark|build|bump|check|clean up|complete|configure|confirm|cover|create|define|delete|describe|develop|document|draft|enable|ensure|execute|expand|explain|expose|extend|finali[sz]e|fix|follow|generate|implement|improve|increase|init|initiali[sz]e|install|introduce|let|maintain|make|measure|perform|polish|prepare|produce|profile|provide|publish|raise|record|refresh|remove|review|revise|rewrite|run|save|support|sync|update|upgrade|validate|verify|write)\s+(.+)$/is

/** Where the first noun phrase ends. */
const BOUNDARY =
  /\s+(in|into|for|with|without|of|to|on|onto|at|by|using|from|per|before|after|until|when|whenever|if|via|through|over|under|across|against|so|that|which|where|while|during|as|is|are|was|were|has|have|can|must|should|about|covering|describing|explaining|showing|documenting|including|based|according|because|between|within|than|like|and then|then)\b|\s*[:;(—–→]|\s-\s|\s*[.,](\s|$)|\s*[<>≤≥=]|\s+[\w.-]*\/[\w./-]+/i

const CONJUNCTION = /\s+(?:and|or|&|\+)\s+|\s*&\s*|\s*\/\s*(?=[a-z])/i

const ARTICLES =
  /^((the|a|an|all|any|each|every|our|its|this|these|new|existing|full|whole|complete|final|initial|basic|comprehensive|relevant|remaining|missing|proper|project|detailed|updated)\s+)+/i

const ADVERBS =
  /\s+(again|locally|manually|once( more)?|one (final|more|last) time|end-to-end|thoroughly)$/i
