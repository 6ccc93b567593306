/** A number such as `1.`, `2.3`, `2.3a` or `**2.3**:` at the start of a task, and the text after it. */
export interface LeadingNumber {
  id: string
  rest: string
  /** An asterisk behind the number, as in `1.3* Title`, makes the task optional. */
  isOptional: boolean
}

/** The number that a task begins with; `undefined` if it has none. */
export function leadingNumber(text: string): LeadingNumber | undefined {
  const bare = text.replace(STRIKE, '$1')
  const match = BOLD.exec(bare) ?? PLAIN.exec(bare)
  const { id, star, rest } = match?.groups ?? {}
  if (id === undefined) return undefined
  return { id, rest: rest ?? '', isOptional: star !== undefined && star !== '' }
}

/**
 * The number of the task that this one is a part of, from its own number: `1.2` for `1.2.3`; `undefined` for `1`. A letter does not count,
 * because `1.2a` may come beside `1.2`.
 */
export function outerNumber(id: string): string | undefined {
  const number = withoutLetter(id)
  const at = number.lastIndexOf('.')
  return at < 0 ? undefined : number.slice(0, at)
}

/** `1.2` for `1.2a` and `1.2.a`. */
export function withoutLetter(id: string): string {
  return id.replace(/\.?[a-z]$/i, '')
}

/** People number a task that they insert with a letter. An x is none: `1.5x faster`. */
const LETTER = String.raw`(?:\.?[a-wyz])?`
const ID = String.raw`(?<id>\d{1,4}(?:\.\d{1,4}){0,15}${LETTER})`
/** A struck number. */
const STRIKE = /^((?:\*\*|__)?)~~\s?/
/** Several numbers alone, such as `2 tests`, are not ids: one needs a sign behind it, and two or more need none. */
const END = String.raw`(?:(?<=\.\d+${LETTER})|(?=\s*\\?[.):：、]))\s?\\?[.):：、]*(?<star>\\?\*)?[:：]?(?=\s|$)\s*`
const PLAIN = new RegExp(String.raw`^(?:Task\s+)?${ID}${END}(?<rest>.*)$`, 'isu')
/** In bold, the number alone or with the title: `**1.1**: Title`, `**1.1 Title**`. */
const BOLD = new RegExp(
  String.raw`^(?:\*\*|__)(?:Task\s+)?${ID}(?:\\?[.):：、]?(?:\*\*|__)\s?[.):：、—–-]?(?<star>\\?\*)?(?=\s|$)\s*|(?:\\?[.):：、]|(?<=\.\d+${LETTER}))\s+(?=\S.*(?:\*\*|__)))(?<rest>.*)$`,
  'isu',
)
