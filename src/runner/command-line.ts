/** A command line, split so that it can be run without a shell. */
export interface ParsedCommand {
  argv: string[]
  /** Variables from `NAME=value` before the program. */
  env: Record<string, string>
  /** Working directory from a leading `cd folder &&`. */
  folder: string | undefined
}

/** Splits a command line into words. If only a shell could run it, returns the operator that needs one. */
export function parseCommand(line: string): ParsedCommand | { needsShell: string } {
  const [, folder, rest = ''] = /^\s*(?:cd\s+([\w./@-]+)\s*&&\s*)?([\s\S]*)$/.exec(line) ?? []
  const operator = /[|;&<>`\n]|\$[({\w]/.exec(withoutQuoted(rest))?.[0]
  if (operator !== undefined) return { needsShell: operator }
  const words = [...rest.matchAll(WORD)].map(([word]) => unquoted(word))
  const first = words.findIndex(word => !ASSIGNMENT.test(word))
  const variables = words.slice(0, Math.max(first, 0)).map(word => {
    const [, name = '', value = ''] = ASSIGNMENT.exec(word) ?? []
    return [name, value] as const
  })
  return { argv: first < 0 ? [] : words.slice(first), env: Object.fromEntries(variables), folder }
}

const WORD = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g
const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/

function withoutQuoted(text: string): string {
  return text.replaceAll(/"[^"$`]*"|'[^']*'/g, '')
}

function unquoted(word: string): string {
  return word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => {
    return double ?? single ?? ''
  })
}
