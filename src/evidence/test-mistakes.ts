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
  const { file, outcome, reason, message = '' } = test
  if (outcome !== 'failed' || reason !== 'error') return undefined
  const language = LANGUAGES.find(({ files }) => files.test(file))
  if (!language) return undefined
  const code = text.split(/\r?\n/).map(row => withoutTexts(row, language.comment))
  const name = firstMatch(language.undefinedName, message)
  if (name !== undefined) {
    const isDefined = language.definitions(name).test(code.join('\n'))
    return isDefined ? undefined : at(code, name, `\`${name}\` is not defined`)
  }
  const method = firstMatch(language.unknownExpectation, message)
  // The project may build an assertion library.
  if (method === undefined || OWN_LIBRARY.test(text)) return undefined
  return at(code, method, `there is no \`${method}\``)
}

const OWN_LIBRARY = /\b(?:assert|expect|chai|should)\b[^;\n]*\b(?:from|require\()\s*['"]\./

interface Language {
  files: RegExp
  comment: RegExp
  undefinedName: readonly RegExp[]
  unknownExpectation: readonly RegExp[]
  /** A place where code defines or imports the name. */
  definitions(name: string): RegExp
}

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
    definitions: name =>
      new RegExp(
        String.raw`\b(?:const|let|var|function|class|import|enum|catch)\b[^=;]*?${word(name)}|\([^()]*${word(name)}[^()]*\)\s*(?:=>|\{)|${word(name)}\s*=>`,
      ),
  },
  {
    files: /\.py$/,
    comment: /#.*$/g,
    undefinedName: [/NameError: (?:global )?name '(\w+)' is not defined/],
    unknownExpectation: [
      /AttributeError: '\w*Tests?(?:Case)?\w*' object has no attribute '((?:assert|fail)\w*)'/,
      /AttributeError: module '(?:pytest|unittest)' has no attribute '(\w+)'/,
    ],
    definitions: name =>
      new RegExp(
        String.raw`\b(?:import|def|class|for|as|global|lambda)\b[^:=\n]*${word(name)}|${word(name)}[^=\n]*(?<![=!<>])=(?!=)`,
      ),
  },
]

function word(name: string): string {
  return String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`
}

/** A line of code without comments and without what is in quotes. */
function withoutTexts(row: string, comment: RegExp): string {
  return row.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''").replaceAll(comment, '')
}

function firstMatch(patterns: readonly RegExp[], message: string): string | undefined {
  return patterns.map(pattern => pattern.exec(message)?.[1]).find(found => found !== undefined)
}

function at(code: readonly string[], name: string, what: string): TestMistake | undefined {
  const index = code.findIndex(row => new RegExp(word(name)).test(row))
  return index < 0 ? undefined : { line: index + 1, what }
}
