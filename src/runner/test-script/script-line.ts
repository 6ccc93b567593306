import { parseCommand } from '../command-line.ts'

/** One command of a script, and how it is joined to the next one. */
export interface ScriptCommand {
  /** As it is written. */
  text: string
  argv: string[]
  env: Record<string, string>
}

/**
 * The commands of a script, in order. Of a pipeline, only the first command counts, and of alternatives (`a || b`), the first
 * one. A command that only a shell can run has no `argv`.
 */
export function commandsOf(script: string): (ScriptCommand | { text: string })[] {
  return pieces(script).map(text => {
    const parsed = parseCommand(text.replace(REDIRECTION, ' '))
    if ('needsShell' in parsed || parsed.argv.length === 0) return { text }
    return { text, argv: parsed.argv, env: parsed.env }
  })
}

/** A redirection of the output, which changes nothing about what runs. */
const REDIRECTION = /\s+(?:[12&]?>>?\s*(?:&[12]|[\w./-]+))(?=\s|$)/g

/** The commands between `&&`, `;` and line breaks. A part in quotes is never an operator. */
function pieces(script: string): string[] {
  const found: string[] = []
  let text = ''
  let isSkipped = false
  for (const [token] of script.matchAll(TOKEN)) {
    if (/^(?:&&|;|\n)$/.test(token)) {
      found.push(text)
      text = ''
      isSkipped = false
    } else if (token === '||' || token === '|') isSkipped = true
    else if (!isSkipped) text += token
  }
  return [...found, text].map(one => one.trim()).filter(one => one !== '')
}

const TOKEN = /"(?:[^"\\]|\\.)*"|'[^']*'|&&|\|\||[|;\n]|\\.|\d?>&\d|[^"'&|;\n\\]|[^]/g
