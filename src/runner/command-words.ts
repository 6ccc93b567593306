/** A start command as it is run: without any shell. */
export interface ParsedCommand {
  argv: string[]
  /** `NAME=value` in front of the program. */
  env: Record<string, string>
  /** From `cd folder &&` in front of it all. */
  folder: string | undefined
}

/** Splits a command line into its words; says why where only a shell could carry it out. */
export function parseCommand(line: string): ParsedCommand | { needsShell: string } {
  const [, folder, rest = ''] = /^\s*(?:cd\s+([\w./@-]+)\s*&&\s*)?([\s\S]*)$/.exec(line) ?? []
  const sign = /[|;&<>`\n]|\$[({\w]/.exec(withoutQuoted(rest))?.[0]
  if (sign !== undefined) return { needsShell: sign }
  const words = [...rest.matchAll(WORD)].map(([word]) => unquoted(word))
  const first = words.findIndex(word => !ASSIGNMENT.test(word))
  const assigned = words.slice(0, Math.max(first, 0)).map(word => {
    const [, name = '', value = ''] = ASSIGNMENT.exec(word) ?? []
    return [name, value] as const
  })
  return { argv: first < 0 ? [] : words.slice(first), env: Object.fromEntries(assigned), folder }
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
