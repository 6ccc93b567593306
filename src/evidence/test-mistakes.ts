import type { RecordedTest } from './event-parts.ts'

/** What looks like a mistake in the test itself, such as a misspelt name, and not like missing behaviour. */
export interface TestMistake {
  /** Line of the test file, from 1. */
  line: number
  /** A phrase, such as `slgu` is not defined. */
  what: string
}

/**
 * The mistake that the error of a failed test points to: a name that the test uses and does not define, or an expectation that
 * its library does not have. It is a hint, and never a reason to refuse: `undefined` in doubt.
 *
 * @param text the test file
 */
export function mistakeIn(test: RecordedTest, text: string): TestMistake | undefined {
  const { file, reason, message = '' } = test
  const language = LANGUAGES.find(({ files }) => files.test(file))
  if (!language || reason !== 'error' || text.length > MAX_CHARACTERS) return undefined
  const name = firstMatch(language.undefinedName, message)
  const found = name ?? firstMatch(language.unknownExpectation, message)
  if (found === undefined) return undefined
  const code = text.split(/\r?\n/).map(row => withoutTexts(row, language.comment))
  if (name !== undefined) {
    return isDefined(language, code.join('\n'), name)
      ? undefined
      : at(code, name, `\`${name}\` is not defined`)
  }
  // The project may build an assertion library.
  return OWN_LIBRARY.test(text) ? undefined : at(code, found, `there is no \`${found}\``)
}

/** Longer texts are skipped, because a hint is not worth more time. */
const MAX_CHARACTERS = 200_000

const OWN_LIBRARY = /\b(?:assert|expect|chai|should)\b[^;\n]*\b(?:from|require\()\s*['"]\./

interface Language {
  files: RegExp
  comment: RegExp
  undefinedName: readonly RegExp[]
  unknownExpectation: readonly RegExp[]
  /** What stands before and after a name where code defines or imports it. */
  definitions: readonly { before?: RegExp; after?: RegExp }[]
}

/** Only the places around the name are read, and not many of them, so that the time is limited whatever the text. */
function isDefined({ definitions }: Language, code: string, name: string): boolean {
  const places = [...code.matchAll(new RegExp(word(name), 'g'))].slice(0, MAX_PLACES)
  return places.some(({ index }) => {
    const before = code.slice(Math.max(0, index - NEARBY), index)
    const after = code.slice(index + name.length, index + name.length + NEARBY)
    return definitions.some(
      one => (one.before?.test(before) ?? true) && (one.after?.test(after) ?? true),
    )
  })
}

const MAX_PLACES = 50
/** Characters: as many as a long list of imports takes. */
const NEARBY = 1000
/** A longer line is not code that somebody wrote. */
const MAX_LINE_LENGTH = 2000

/** Languages in which a name that the code under test provides has to be imported. In others a missing name may be the work. */
const LANGUAGES: readonly Language[] = [
  {
    files: /\.[cm]?[jt]sx?$/,
    comment: /\/\/.*$|\/\*.*?\*\//g,
    undefinedName: [/(?:^|Error: )([\w$]+) is not defined$/, /Can't find variable: ([\w$]+)/],
    unknownExpectation: [
      /\b(?:assert|expect|chai|vi|jest|sinon)\b[\w.()]*\.(\w+) is not a function/,
      /Invalid Chai property: (\w+)/,
    ],
    definitions: [
      { before: /\b(?:const|let|var|function|class|import|enum|catch)\b[^=;]*$/ },
      { before: /\([^()]*$/, after: /^[^()]*\)\s*(?:=>|\{)/ },
      { after: /^\s*=>/ },
    ],
  },
  {
    files: /\.py$/,
    comment: /#.*$/g,
    undefinedName: [/NameError: (?:global )?name '(\w+)' is not defined/],
    unknownExpectation: [
      /AttributeError: '\w*Tests?(?:Case)?\w*' object has no attribute '((?:assert|fail)\w*)'/,
      /AttributeError: module '(?:pytest|unittest)' has no attribute '(\w+)'/,
    ],
    definitions: [
      { before: /\b(?:import|def|class|for|as|global|lambda)\b[^:=\n]*$/ },
      { after: /^[^=\n]*(?<![=!<>])=(?!=)/ },
    ],
  },
]

function word(name: string): string {
  return String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`
}

/** A line of code without comments and string contents. */
function withoutTexts(row: string, comment: RegExp): string {
  if (row.length > MAX_LINE_LENGTH) return ''
  return row.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''").replaceAll(comment, '')
}

function firstMatch(patterns: readonly RegExp[], message: string): string | undefined {
  return patterns.map(pattern => pattern.exec(message)?.[1]).find(found => found !== undefined)
}

function at(code: readonly string[], name: string, what: string): TestMistake | undefined {
  const index = code.findIndex(row => new RegExp(word(name)).test(row))
  return index < 0 ? undefined : { line: index + 1, what }
}
