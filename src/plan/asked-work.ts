/** What the words of a title ask to do with the files that it names. In doubt, a file only has to change. */

/** The files that the title asks to remove, or to move elsewhere: not those from which only a part is removed. */
export function filesToRemove(title: string, files: readonly string[]): string[] {
  return files.filter(file => asked(title, file, REMOVES) || isMoved(title, file))
}

/** Whether the title may leave the file as it is, because it only asks that it exists. */
export function mayExistAlready(title: string, file: string): boolean {
  return IF_MISSING.test(title) || asked(title, file, CREATES)
}

/** Does the title ask to look at something, instead of changing it? */
export function onlyInspects(title: string): boolean {
  return INSPECTS.test(title)
}

/** Does the title ask for another form of a text, not for other words? */
export function asksForForm(title: string): boolean {
  return FORM.test(title)
}

/** Is the file itself the object of such a verb, not a place in it, and not half of another noun? */
function asked(title: string, file: string, verbs: RegExp): boolean {
  const at = title.indexOf(file)
  if (at < 0 || !ENDS_NOUN.test(title.slice(at + file.length))) return false
  const before = title.slice(0, at)
  const verb = [...before.matchAll(VERBS)].at(-1)
  if (verb === undefined || !verbs.test(verb[1] ?? '')) return false
  return !PLACE.test(before.slice(verb.index + verb[0].length))
}

/** `Rename docs/a.md to docs/b.md` */
function isMoved(title: string, file: string): boolean {
  const at = title.indexOf(file)
  const rest = title.slice(at + file.length)
  return at >= 0 && asked(title, file, MOVES) && TARGET.test(rest)
}

/** A verb at the start of the title, or after what joins two parts of a sentence. */
const VERBS =
  /(?:^|[,;:]\s*|\s+(?:and|then|or|&)\s+)(?:then\s+|also\s+)?(add|adjust|change|clean up|configure|convert|correct|create|delete|describe|document|drop|edit|ensure|erase|explain|extend|fix|generate|init|initiali[sz]e|keep|list|make|mention|merge|move|purge|record|refresh|remove|rename|replace|retire|review|rewrite|scaffold|set ?up|sort|split|update|write)\b/gi
const REMOVES = /^(remove|delete|drop|erase|purge|retire)$/i
const MOVES = /^(move|rename)$/i
const CREATES = /^(create|generate|init|initiali[sz]e|scaffold|set ?up)$/i
/** What stands between the verb and the file in `Remove the badge from README.md` or `Create a table in docs/api.md`. */
const PLACE =
  /\b(about|from|in|inside|within|into|on|of|out|to|for|with|without|by|at|see|per|like|as|via|using|under|over|after|before|against|through|than|which|that|where)\b/i
/** What may follow a file that is an object: not another noun, as in `Remove docs/a.md links`. */
const ENDS_NOUN =
  /^[`"'*\])]*\s*($|[,;:.()[\]–—-]|(and|or|&|as|at|because|by|completely|entirely|file|files|document|page|folder|directory|for|from|if|in|into|now|once|per|per|plus|since|that|then|to|together|unless|using|when|which|with)\b)/i
const TARGET = /^[`"'*\])]*\s+(file\s+)?(to|into|as|under|below)\b/i
const IF_MISSING =
  /\b(if|unless|when|where) (it |they )?((is|are|does|do) )?(not (already |yet )?(exist\w*|present|there)|missing|absent|needed|necessary|required|applicable|(already )?(exists?|present|there))\b|\balready (exists?|configured|done|present)\b|\bas needed\b/i
const FORM =
  /\b(re-?format|format|formatting|indent\w*|white ?space|spacing|line (length|breaks|endings)|re-?wrap|wrap|prettier|markdownlint)\b/i
const INSPECTS =
  /^(re-?run|run|execute|verify|validate|check|confirm|ensure|follow|test|review|measure|walk|perform|inspect|audit|profile|benchmark)\b/i
