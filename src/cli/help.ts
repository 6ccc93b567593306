import { sharedOptions, type Command, type CommandOptions } from './command.ts'

/** Exit codes of every command. */
export const EXIT_CODES = [
  ['0', 'done'],
  ['1', 'refused or problems found'],
  ['2', 'wrong usage'],
  ['3', 'internal error'],
] as const

/** The overview that `redgreen --help` prints. */
export function help(commands: readonly Command[]): string {
  const rows = commands.map(
    ({ name, usage, summary }) => [`redgreen ${name} ${usage}`.trim(), summary] as const,
  )
  return [
    'redgreen: implement a written plan test first. The program runs the tests itself and ticks a task only after proof.',
    '',
    'Without a command, if standard input is not a terminal, it is an MCP server over stdio.',
    '',
    ...columns(rows),
    '',
    ...columns([
      ['redgreen --version', 'print the version'],
      ['redgreen --help', 'print this text'],
    ]),
    '',
    'Options of every command: --root DIR, --feature NAME, --json, --help.',
    'Usage of one command: redgreen COMMAND --help.',
    `Exit codes: ${EXIT_CODES.map(pair => pair.join(' ')).join(', ')}.`,
  ].join('\n')
}

/** What `redgreen COMMAND --help` prints. */
export function commandHelp(command: Command): string {
  const { name, usage, description, arguments: positionals = {}, options = {}, examples } = command
  return [
    `Usage: redgreen ${name} ${usage}`.trim(),
    '',
    description,
    ...section('Arguments', Object.entries(positionals)),
    ...section('Options', optionRows({ ...options, ...sharedOptions })),
    ...(command.exitCode1 === undefined
      ? []
      : ['', `Exit code 1: the step was refused, or ${command.exitCode1}.`]),
    '',
    'Examples:',
    ...examples.map(example => `  ${example}`),
  ].join('\n')
}

/** Options as they are typed, such as `--check NAME`, with their descriptions. */
export function optionRows(options: CommandOptions): [string, string][] {
  return Object.entries(options).map(([name, { value, short, multiple, description }]) => [
    `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    multiple ? `${description} May be repeated.` : description,
  ])
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  return rows.length === 0 ? [] : ['', `${title}:`, ...columns(rows)]
}

/** Longer first cells get a line of their own. */
const WIDEST = 44

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width =
    Math.max(...rows.map(([cell]) => cell.length).filter(length => length <= WIDEST)) + 2
  return rows.flatMap(([cell, text]) =>
    cell.length <= WIDEST
      ? [`  ${cell.padEnd(width)}${text}`]
      : [`  ${cell}`, `  ${' '.repeat(width)}${text}`],
  )
}
