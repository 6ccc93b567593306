import { realpathSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { installationOf, PACKAGE, TEMPORARY, type Installation } from './installation.ts'
import { absoluteFolders } from './program.ts'

/** The commands for decisions that only a human makes. */
export const HUMAN_COMMANDS: readonly string[] = [
  'approve',
  'confirm-phase',
  'confirm-standards',
  'waive',
  'reopen',
  'release',
  'allow-run',
]

/** The commands of the program. Messages name them as `redgreen COMMAND`. */
export const COMMAND_NAMES: readonly string[] = [
  'status',
  'log',
  'show',
  'report',
  'next-task',
  'record-red',
  'record-green',
  'mark-complete',
  'run-validation',
  'report-failure',
  'verify',
  'doctor',
  'init',
  'serve',
  'witness',
  'hook',
  'completion',
  ...HUMAN_COMMANDS,
]

/** The text with every `redgreen COMMAND` as a command that works in this installation. */
export function withOwnCommand(text: string, command = currentCommand()): string {
  return command.startsWith('node ')
    ? withPath(text, command)
    : text.replace(COMMAND, `${command} `)
}

/** In a clone the short name stays, because the documents use it. The path is long, so it stands beside it only once. */
function withPath(text: string, command: string): string {
  return text.replace(QUOTED, (quoted, call: string) => `${quoted} (here: \`${command} ${call}\`)`)
}

const NAME = 'redgreen'

const ANY = `(?:${COMMAND_NAMES.join('|')})(?![\\w-])`
const COMMAND = new RegExp(`(?<![\\w./@-])${NAME} (?=${ANY})`, 'g')
const QUOTED = new RegExp(`\`${NAME} (${ANY}[^\`]*)\``)

/** How a terminal starts this installation, where `redgreen` on the search path may be another program or missing. */
export function ownCommand(
  { kind, program }: Pick<Installation, 'kind' | 'program'>,
  folders: readonly string[],
  realPath: (file: string) => string | undefined,
): string {
  const lasting = folders.filter(folder => !TEMPORARY.test(folder))
  const found = lasting.map(folder => realPath(path.join(folder, NAME)))
  if (found.find(file => file !== undefined) === program) return NAME
  if (kind === 'package') return `npx ${PACKAGE}`
  return `node ${/[^\w./\\:@+-]/.test(program) ? `"${program}"` : program}`
}

let known: string | undefined

function currentCommand(): string {
  return (known ??= commandOfScript(process.argv[1], process.env['PATH']))
}

/** The same for the script that Node runs: the program, the hook beside it, or a link to one of them. */
export function commandOfScript(script = '', searchPath?: string): string {
  // Another program has imported this one, such as a test.
  if (!/[\\/](?:cli\.js|hook\.cjs)$|redgreen(?:-mcp)?$/.test(script)) return NAME
  const program = (realPath(script) ?? script).replace(/hook\.cjs$/, 'cli.js')
  return ownCommand(installationOf(program, '', ''), absoluteFolders(searchPath), realPath)
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file)
  } catch {
    return undefined
  }
}
