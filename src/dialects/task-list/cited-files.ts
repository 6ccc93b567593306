/**
 * The text without the files that a task only cites, as in "as in `src/a.ts`", and without those that it must not change. They are not the
 * task's files: it needs not write them, and another task may change them at the same time.
 */
export function withoutCitedFiles(text: string): string {
  return text.split('\n').map(withoutCited).join('\n')
}

function withoutCited(line: string): string {
  if (CITING_LINE.test(line)) return ''
  const spans = [...spansAfter(line), ...spansBefore(line)].toSorted((a, b) => a[0] - b[0])
  let rest = ''
  let from = 0
  for (const [start, end] of spans) {
    if (start > from) rest += `${line.slice(from, start)} `
    from = Math.max(from, end)
  }
  return rest + line.slice(from)
}

type Span = [start: number, end: number]

/** The files after words such as `as in` and `do not change`. */
function spansAfter(line: string): Span[] {
  const kept = filesBehind(line, KEEPS)
  return [
    ...filesBehind(line, CITES),
    ...kept.filter(([, end]) => AS_IT_IS.test(line.slice(end, end + MAX_LENGTH))),
  ]
}

/** The files behind each of these words. What stands inside the files of others is not a word of its own. */
function filesBehind(line: string, words: RegExp): Span[] {
  const spans: Span[] = []
  for (const { 0: found, index } of line.matchAll(words)) {
    const at = index + found.length
    if (at >= (spans.at(-1)?.[1] ?? 0)) spans.push([at, endOfFiles(line, at)])
  }
  return spans
}

/** The files before words such as `must not be changed`. */
function spansBefore(line: string): Span[] {
  return [...line.matchAll(IS_KEPT)].flatMap(({ index }): Span[] => {
    const from = Math.max(0, index - MAX_LENGTH)
    const start = FILES_AT_END.exec(line.slice(from, index))?.index
    return start === undefined ? [] : [[from + start, index]]
  })
}

/** Where the file at this place ends, with those that are joined to it. */
function endOfFiles(line: string, at: number): number {
  let end = after(line, FIRST, at)
  for (let next = after(line, JOINED, end); next > end; next = after(line, JOINED, end)) end = next
  return end
}

function after(line: string, pattern: RegExp, at: number): number {
  pattern.lastIndex = at
  const match = pattern.exec(line)
  return match === null ? at : at + match[0].length
}

/** Characters of a line that are looked at for the files around such words. */
const MAX_LENGTH = 200

const ARTICLES =
  '(?:(?:the|our|any of|anything in|existing|code|files?|in|die|der|das|den|el|la|le|les)\\s+){0,3}'
const QUOTED = '`[^`\\n]+`'

const FIRST = new RegExp(String.raw`\s*${ARTICLES}(?:${QUOTED}|[^\s,;)，、。；）]+)`, 'iy')

/** What is joined has to be code or a path, because a sentence may continue. */
const JOINED = new RegExp(
  String.raw`(?:\s*[、，]\s*|\s+(?:and|or|nor|&|und|oder|y|e|et|ou|和|或)\s+|,\s+(?:(?:and|or)\s+)?)${ARTICLES}(?:${QUOTED}|(?=[^\s/,;)，、。；）]*/)[^\s,;)，、。；）]+)`,
  'iy',
)

const FILES_AT_END = new RegExp(
  String.raw`(?:${QUOTED}|[^\s${'`'},]+)(?:(?:,? (?:and|or) |, )(?:${QUOTED}|[^\s${'`'},]+)){0,5}$`,
  'i',
)

const CHANGE = '(?:touch|chang|modif(?:y)?|edit|alter|delet|remov|renam|rewrit)(?:e|ing)?'

const CITES = new RegExp(
  [
    String.raw`\b(?:per|see|based on|according to|(?:defined|described|specified|listed|documented|stated) in|as in|cf\.|refer(?:ring)? to|inspired by|modell?ed (?:on|after)|as (?:done|seen|shown|used|implemented) in|(?:like|same as|similar to|analogous to|identical to)(?: (?:the (?:one|ones|code)|that|those))? in|(?:similar|analogous|identical) to|(?:follow|us|match|mirror|copy|adopt)(?:e|es|s|ing|ies)? (?:the )?(?:\w+ ){0,2}(?:patterns?|style|structure|conventions?|approach|example) (?:of|in|from)|imports? [^\s;]+ from|re-?us(?:e|es|ing)(?: [\w()]+){0,3} (?:from|in))(?=\s)`,
    String.raw`\b(?:wie in|siehe|analog zu|como en|véase|como em|veja|comme dans|voir)(?=\s)`,
    String.raw`参考|参照|参见|參考|參照`,
    String.raw`\b(?:do not|don['’]t|does not|doesn['’]t|must not|mustn['’]t|should not|shouldn['’]t|may not|shall not|never|without|not) ${CHANGE}(?=\s)`,
    String.raw`\b(?:nicht (?:ändern|anfassen|bearbeiten)|no (?:tocar|modificar|cambiar)|não (?:tocar|modificar|alterar)|ne pas (?:toucher(?: à)?|modifier))(?=\s)`,
    String.raw`(?:不要|不得|禁止|请勿|勿|不)(?:修改|改动|更改|触碰|变更|变动|编辑)`,
  ].join('|'),
  'gi',
)

const KEEPS = /\b(?:leave|leaves|leaving|keep|keeps|keeping)(?=\s)/gi

const AS_IT_IS =
  /^\s+(?:alone|untouched|unchanged|unmodified|intact|as[- ](?:it |they )?(?:is|are)\b)/i

const IS_KEPT =
  /\s{1,3}(?:(?:must|should|may|can|shall)(?: not|n['’]t) be (?:touched|changed|modified|edited)|(?:(?:must|should|shall|has to|have to|will) )?(?:stays?|remains?|be left|(?:is|are) (?:left|kept)) (?:untouched|unchanged|unmodified|intact|the same|as[- ](?:it |they )?(?:is|are))|(?:nicht (?:ändern|anfassen)|bleibt unverändert))(?!\p{L})/giu

/** A line of its own, as `- **Reference**: src/a.ts` or `Do not touch: src/b.ts`. */
const CITING_LINE =
  /^\s*(?:[-*+]\s+)?[*_]{0,3}(?:see(?: also)?|references?|reference files?|for reference|leverage|patterns?(?: to follow| source)?|inspiration|prior art|context files?|related files?|read(?: first|[- ]only)?|out of scope|not in scope|(?:do not|don['’]t|never) (?:touch|modify|change|edit)|forbidden(?: files?)?|off[- ]limits|untouched|unchanged|nicht ändern|no tocar|não tocar|ne pas toucher|参考|参照|不要修改|禁止修改|不修改)[*_]{0,3}\s*[:：]/i
