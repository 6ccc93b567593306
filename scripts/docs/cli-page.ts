import { sharedOptions, type Command } from '../../src/cli/command.ts'
import { EXIT_CODES, optionRows } from '../../src/cli/help.ts'
import { humanCommands } from '../../src/cli/human-commands.ts'
import { commands } from '../../src/cli/run-command.ts'
import { generatedFrom, table } from './markdown.ts'

/** docs/cli.md, from the commands. */
export function cliPage(): string {
  const [shared, human] = [commands.filter(isForAnyone), humanCommands]
  return [
    '# Commands',
    '',
    generatedFrom('`src/cli`'),
    '',
    'After `npm install -g redgreen-mcp` the command is `redgreen`. Without an installation, write `npx redgreen-mcp` instead of `redgreen`.',
    '',
    'Without a command, if standard input is not a terminal, the program is the MCP server over stdio: `redgreen-mcp --root DIR`. It takes the project folder from `--root`, then `REDGREEN_ROOT`, the roots of the client, `CLAUDE_PROJECT_DIR`, `WORKSPACE_FOLDER_PATHS`, and the working directory ([clients](clients.md#how-the-project-folder-is-found)).',
    '',
    '## Options of every command',
    '',
    ...optionTable(sharedOptions),
    '',
    '`redgreen --help` lists the commands, `redgreen --version` prints the version.',
    '',
    '## Exit codes',
    '',
    ...table(['code', 'meaning'], [...EXIT_CODES, ['130', 'interrupted']]),
    '',
    'A refusal is printed to standard error and begins with its code in brackets ([troubleshooting](troubleshooting.md)).',
    '',
    ...shared.flatMap(section),
    '## Decisions of a human',
    '',
    'These commands ask on a terminal. Without a terminal they are refused (`phase_needs_person`), also with a pipe. Every decision is recorded, and `redgreen verify` counts them.',
    '',
    ...human.flatMap(section),
  ].join('\n')
}

function isForAnyone(command: Command): boolean {
  return !humanCommands.includes(command)
}

function section(command: Command): string[] {
  const { name, usage, description, arguments: positionals = {}, options = {}, examples } = command
  const rows = Object.entries(positionals).map(([argument, text]) => [`\`${argument}\``, text])
  return [
    `${humanCommands.includes(command) ? '###' : '##'} ${name}`,
    '',
    '```text',
    `redgreen ${name} ${usage}`.trim(),
    '```',
    '',
    description,
    '',
    ...(rows.length > 0 ? [...table(['argument', 'meaning'], rows), ''] : []),
    ...(Object.keys(options).length > 0 ? [...optionTable(options), ''] : []),
    ...(command.exitCode1 === undefined
      ? []
      : [`Exit code 1: the step was refused, or ${command.exitCode1}.`, '']),
    '```sh',
    ...examples,
    '```',
    '',
  ]
}

function optionTable(options: Parameters<typeof optionRows>[0]): string[] {
  return table(
    ['option', 'meaning'],
    optionRows(options).map(([option, text]) => [`\`${option}\``, text]),
  )
}
