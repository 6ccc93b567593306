/** The ids at the start of `text`, from a list or ranges, and the text after them. */
export function listAt(text: string, known: ReadonlySet<string>): { ids: string[]; rest: string } {
  const ids: string[] = []
  let rest = text.replace(/^[\s*_`[(]+/, '')
  for (let match = ITEM.exec(rest); match !== null; match = ITEM.exec(rest)) {
    const [all, first = '', last] = match
    ids.push(...(last === undefined ? [first] : range(first, last, known)))
    rest = rest.slice(all.length)
    const more = SEPARATOR.exec(rest)
    if (more === null || !ITEM.test(rest.slice(more[0].length))) break
    rest = rest.slice(more[0].length)
  }
  return { ids: [...new Set(ids)], rest: rest.replace(REMARK, '').trim() }
}

/** The ends of a range, and the existing tasks between them. */
function range(first: string, last: string, known: ReadonlySet<string>): string[] {
  const [, prefix = '', low = ''] = /^(.*?)(\d+)$/.exec(first) ?? []
  const [, lastPrefix = '', high = ''] = /^(.*?)(\d+)$/.exec(last) ?? []
  const end = `${lastPrefix === '' ? prefix : lastPrefix}${high}`
  if (low === '' || high === '' || !end.startsWith(prefix)) return [first, last]
  const inner: string[] = []
  for (
    let number = Number(low) + 1;
    number < Math.min(Number(high), Number(low) + MAX_RANGE);
    number += 1
  ) {
    const id = `${prefix}${String(number).padStart(low.length, '0')}`
    if (known.has(id)) inner.push(id)
  }
  return [first, ...inner, end]
}

/** A longer range is a typing error. */
const MAX_RANGE = 20_000

const ID = String.raw`(?:T(?:ASK)?-?\d+(?:[.-]\d+)*[a-z]?|[A-Z][A-Z0-9]*-\d+[a-z]?|\d+(?:\.\d+)+)(?![\w])`
const ITEM = new RegExp(
  String.raw`^(?:tasks?\s+)?\[?(${ID})\]?(?:\s*(?:[-–—]|\.\.+|to|through)\s*(${ID}|\d+(?![\w.])))?`,
  'i',
)
const AND = String.raw`(?:and|und|et|e|y|i|и)\s+|(?:和|与|及|と|및)\s*`
const SEPARATOR = new RegExp(
  String.raw`^\s*(?:\([^)]*\)\s*)?(?:[,，]\s*(?:${AND}|&\s*)?|${AND}|&\s*|\+\s*|、\s*|\/\s*)(?:\*\*)?`,
  'iu',
)
const REMARK = /^\s*(?:[)\]`]|\([^)]*\)|:[^)]*$)?/
