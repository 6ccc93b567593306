import { refusalHelp } from '../../src/workflow/context/refusal-help/index.ts'
import {
  helpTopics,
  type RefusalHelp,
} from '../../src/workflow/context/refusal-help/refusal-help.ts'
import { generatedFrom, table } from './markdown.ts'

/** docs/troubleshooting.md: problems at the start, and cause and fix of every refusal code. */
export function troubleshootingPage(): string {
  return [
    '# Troubleshooting',
    '',
    generatedFrom('`src/workflow/context/refusal-help`'),
    '',
    'First run `npx redgreen-mcp doctor` in the project folder. It shows what redgreen finds (Node, git, plans, settings, test runner, ledger) and how to fix what is wrong.',
    '',
    '## The server does not start',
    '',
    ...table(['what you see', 'cause', 'fix'], START_PROBLEMS),
    '',
    '## Refusals',
    '',
    'A refusal begins with its code in brackets, such as `[red_passes]`. It says what is wrong, that nothing was recorded, and what to do next. At a terminal the exit code is 1.',
    '',
    ...Object.entries(helpTopics).flatMap(([topic, title]) => section(topic, title)),
  ].join('\n')
}

function section(topic: string, title: string): string[] {
  const entries: [string, RefusalHelp][] = Object.entries(refusalHelp)
  const rows = entries
    .filter(([, help]) => help.topic === topic)
    .map(([code, { cause, fix }]) => [`\`${code}\``, cause, fix])
  return [`### ${title}`, '', ...table(['code', 'cause', 'fix'], rows), '']
}

const START_PROBLEMS = [
  [
    'The client shows no redgreen tools, or "failed to start".',
    'The client cannot run `npx`, or Node is older than 20.19.',
    'Run `npx -y redgreen-mcp --version` in a terminal. If it fails, install Node 20.19 or later. If it works, give the client the absolute path of `npx`, and read its MCP log.',
  ],
  [
    'The first start takes longer than the client waits.',
    '`npx` downloads the package.',
    'Run `npx -y redgreen-mcp --version` once, or install it: `npm install -g redgreen-mcp`, with `redgreen-mcp` as the command. Then restart the client.',
  ],
  [
    'The help appears instead of a server.',
    'The program was started in a terminal. The server needs a client on its standard input.',
    'Add it to a client ([clients](clients.md)). To try it at a terminal, use the [commands](cli.md).',
  ],
  [
    '`[no_feature] The workspace … has no plan`',
    'The server works in another folder than you expect, or the project has no plan yet.',
    'Run `npx redgreen-mcp status` in the project. If it shows the plan, the client starts the server elsewhere: add `"--root", "/path/to/project"` to the arguments. Otherwise write a plan ([formats](dialects.md)).',
  ],
  [
    '`[no_feature] There is no folder …`',
    'The folder from `--root`, `REDGREEN_ROOT` or the client does not exist.',
    'Correct the path. It must be the folder on the machine where the server runs: in a container or over SSH that is not your own machine.',
  ],
  [
    'The server uses the wrong project.',
    'The client started it elsewhere, or announces several workspace folders, and another one than you expect is the only one with a plan.',
    'Add `--root` to the arguments ([how the project folder is found](clients.md#how-the-project-folder-is-found)).',
  ],
  [
    '`[plan_invalid] redgreen.config.json cannot be used`',
    'The settings are not valid JSON, or have an unknown key.',
    'Fix the line that the answer names ([configuration](configuration.md)).',
  ],
  [
    'The wrong test runner is used, or none is found.',
    'It is not installed in the project, or the detection found another one first.',
    'Install it. `redgreen status` shows what was found and from which file. To override it, set `commands.tests.framework`.',
  ],
]
