import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/**
 * Words that this project does not use, because a reader would have to learn what they mean here. `docs/decisions/0013` names
 * the standard term for each. A name in code counts word by word: `deskOf` is `desk of`.
 */
const BANNED = [
  // Private metaphors.
  'desks?',
  'shelf|shelves',
  'bench|benches',
  'aside',
  'lend|lends|lent|lending|lender|loans?|borrow(s|ed|ing)?',
  'counterfactuals?',
  'overrul(e|ed|es|ing)',
  'scratch',
  'situations?',
  'whereabouts',
  // A witness is the process of `redgreen witness`, and nothing else.
  'witnessed|witnessing',
  'debts?|debtors?|owes',
  'swallow(s|ed|ing)?',
  'album|scenes?',
  'colleagues?',
  'traps?',
  'houses?|rooms?',
  'cheats?|cheated|cheating',
  'diary|diaries',
  'bookkeeping',
  // Verbs of the field have other names.
  'told|tell|tells|telling|tellings|untold|said',
  'mend|mends|mended|mending',
  'whoever',
  'hand(s|ed|ing)? out',
  'tak(e|es|en|ing) back|took back',
  'puts? back',
  'of before|of then|of now',
  'lets? be',
  // Translated from German: `is not a list`.
  '(?<=[^ ] )(?<!t?here )(is|are|was|were) no (?!longer|more|one)\\p{L}+',
] as const

/** Where a banned word is a public name, a command, or a word of a format that the product reads. */
const ALLOWED: readonly RegExp[] = [
  /\bnpm run bench\b|scripts\/bench\/|\{bench|bench,|"bench"|'bench'/,
  // A shell command, and an HTML element.
  /"trap '' TERM/,
  /--cheats\b|\bcheats: \{ type|flag\('cheats'\)/,
  // HTML tags that the Markdown scanner knows.
  /article\|aside\|base/,
]

const FILES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(isPublicText)

const PATTERN = new RegExp(String.raw`(?<![\p{L}])(${BANNED.join('|')})(?![\p{L}])`, 'iu')

describe('the language of the project', () => {
  it.each(FILES)('has no private word in %s', file => {
    expect(bannedIn(readFileSync(file, 'utf8'))).toEqual([])
  })

  it('finds a banned word in prose, in a name, and across a line end', () => {
    expect(bannedIn('Put it on the desk.')).toHaveLength(1)
    expect(bannedIn('const deskOf = openDesk(call)')).toHaveLength(1)
    expect(bannedIn('the tests are put\nback')).toEqual(['put back'])
    expect(bannedIn('A token is no human.')).toHaveLength(1)
    expect(bannedIn('There is no plan, and what was dropped is no longer read.')).toEqual([])
    expect(bannedIn('npm run bench')).toEqual([])
    expect(bannedIn('the benchmark of a mender')).toEqual([])
  })
})

/** Source, tests, scripts and documents; not what other people write, such as plans that tests read. */
function isPublicText(file: string): boolean {
  if (/^(CHANGELOG\.md|test\/language\.test\.ts|docs\/decisions\/0013-.*)$/.test(file)) return false
  if (/\/fixtures\/|^examples\/|^scripts\/demo\/files\//.test(file)) return false
  return /^(src|test|scripts|docs)\/.*\.(ts|mjs|md|py|rb)$|^[A-Z]+\.md$|^action\.yml$/.test(file)
}

/** The lines of a text with a banned word, and phrases that a line end divides. */
function bannedIn(text: string): string[] {
  const lines = text.split('\n').map(line => spaced(line))
  const found = lines.filter(line => isBanned(line))
  const across = lines.slice(1).flatMap((line, at) => {
    const last = lastWord(lines[at] ?? '')
    const first = firstWord(line)
    const joined = `${last} ${first}`
    return last !== '' &&
      first !== '' &&
      isBanned(joined) &&
      !isBanned(lines[at] ?? '') &&
      !isBanned(line)
      ? [joined]
      : []
  })
  return [...found, ...across]
}

function isBanned(line: string): boolean {
  return PATTERN.test(ALLOWED.reduce((rest, allowed) => rest.replace(allowed, ''), line))
}

/** `openDesk` and `open_desk` as `open Desk` and `open desk`. */
function spaced(line: string): string {
  return line.replaceAll(/(?<=\p{Ll})(?=\p{Lu})|_/gu, ' ').trim()
}

function lastWord(line: string): string {
  return line.split(/[^\p{L}]+/u).at(-1) ?? ''
}

function firstWord(line: string): string {
  return /^[*/#\s]*(\p{L}*)/u.exec(line)?.[1] ?? ''
}
