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
    ({ name, usage, summary }) =>
      [`redgreen ${name} ${withoutOptions(usage)}`.trim(), summary] as const,
  )
  const width = widthOf(rows)
  return [
    'redgreen: implement a written plan test first. The program runs the tests itself and ticks a task only after proof.',
    '',
    'Without a command, if standard input is not a terminal, it is an MCP server over stdio.',
    '',
    ...commands.flatMap(({ name }, at) => [
      ...(HEADINGS.get(name) ?? []),
      ...columns(rows.slice(at, at + 1), width),
    ]),
    '',
    ...columns([
      ['redgreen --version', 'print the version'],
      ['redgreen --help', 'print this text'],
    ]),
    '',
    'Options of every command: --root DIR, --feature NAME, --json, --help.',
    'Arguments and options of one command: redgreen COMMAND --help.',
    `Exit codes: ${EXIT_CODES.map(pair => pair.join(' ')).join(', ')}.`,
  ].join('\n')
}

/** Headings of the groups, by the first command of each. */
const HEADINGS = new Map([
  ['status', ['Look:']],
  ['next-task', ['', 'Work on a task:']],
  ['verify', ['', 'Check and set up:']],
  ['approve', ['', 'Decide, as a human at a terminal:']],
])

/** A usage in which one word stands for all options that may be left out. */
function withoutOptions(usage: string): string {
  const short = usage.replaceAll(/ ?\[--(?:[^[\]]|\[[^\]]*\])*\]…?/g, '')
  return short === usage ? usage : `${short} [OPTIONS]`.trim()
}

/** What is printed for a command that does not exist. */
export function unknownCommand(name: string, similar: string | undefined): string {
  const guess = similar === undefined ? '' : ` Did you mean ${similar}?`
  return `There is no command ${name}.${guess} \`redgreen --help\` lists all commands.`
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
const MAX_CELL_WIDTH = 44

type Row = readonly [cell: string, text: string]

function widthOf(rows: readonly Row[]): number {
  return (
    Math.max(...rows.map(([cell]) => cell.length).filter(length => length <= MAX_CELL_WIDTH)) + 2
  )
}

function columns(rows: readonly Row[], width = widthOf(rows)): string[] {
  return rows.flatMap(([cell, text]) =>
    cell.length <= MAX_CELL_WIDTH
      ? [`  ${cell.padEnd(width)}${text}`]
      : [`  ${cell}`, `  ${' '.repeat(width)}${text}`],
  )
}
