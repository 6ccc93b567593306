import type { Command } from './command.ts'

/** What the program can do, for a person at a terminal. */
export function help(commands: readonly Command[]): string {
  const rows = commands.map(
    ({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary] as const,
  )
  const width = Math.max(...rows.map(([call]) => call.length)) + 2
  return [
    'redgreen: work through a written plan test first, on evidence that the server has itself seen.',
    '',
    'Without a command, and with standard input not a terminal: an MCP server over stdio.',
    '',
    ...rows.map(([call, summary]) => `  redgreen ${call.padEnd(width)}${summary}`),
    '',
    'Every command takes --root DIR, --feature NAME and --json.',
    'Exit codes: 0 done, 1 refused, 2 usage, 3 fault.',
  ].join('\n')
}
