import { Cancelled } from '../setup/cancelled.ts'
import type { InitResult } from '../setup/init.ts'
import type { InitRequest } from '../setup/open-questions.ts'
import { UsageError, type Arguments, type Command } from './command.ts'

export const initCommand: Command = {
  name: 'init',
  usage:
    '[PLAN.md] [--client NAME]… [--user | --project] [--hooks] [--example DIALECT] [--test-command COMMAND] [--yes] [--dry-run] [--remove]',
  summary: 'set up a project: register the server with clients, install hooks',
  description:
    'Reports what it finds in the project, registers the server with the clients that it finds or that you name, and shows the difference before it writes. At a terminal it asks what is open; --yes, or no terminal, takes the defaults. In a git repository it also sets up the merge driver for ledgers and marks. A configuration file keeps its comments and every other byte, and running the command again changes nothing. --remove restores the original bytes.',
  arguments: {
    'PLAN.md':
      'A plan of the project, as its file or folder. A Markdown checklist outside of the folders of the formats is named in redgreen.config.json, and so is the format if the project has plans of several.',
  },
  options: {
    client: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      description:
        'Client to set up: claude-desktop, claude-code, cursor, vscode, copilot-cli, codex, gemini, zed, windsurf, junie, cline, opencode or kiro. Default: those that are found.',
    },
    project: {
      type: 'boolean',
      description: 'Use the configuration in the project. Default, if the client has one.',
    },
    user: { type: 'boolean', description: 'Use the configuration of the user.' },
    hooks: {
      type: 'boolean',
      description:
        'Also install hooks, for Claude Code, VS Code, Codex, Copilot CLI, Gemini CLI and Cursor.',
    },
    example: {
      type: 'string',
      value: 'DIALECT',
      description:
        'Create a small plan in this format, such as spec-kit. An unknown name prints all formats.',
    },
    'test-command': {
      type: 'string',
      value: 'COMMAND',
      description:
        'Command that runs test files, for a test runner that is not recognized; written to redgreen.config.json. {files} stands for the files, {report} for the path of a JUnit report.',
    },
    yes: { type: 'boolean', short: 'y', description: 'Ask nothing and take the defaults.' },
    'dry-run': { type: 'boolean', description: 'Show the difference and write nothing.' },
    remove: { type: 'boolean', description: 'Remove what an earlier init has written.' },
  },
  exitCode1: 'a configuration file could not be changed',
  examples: [
    'redgreen init',
    'redgreen init --client claude-code --hooks --yes',
    'redgreen init --client cursor --dry-run',
    'redgreen init --example spec-kit',
    'redgreen init IMPLEMENTATION_PLAN.md',
    'redgreen init --remove',
  ],
  anywhere: true,
  async run(call, args) {
    const { clients } = await import('../setup/clients/index.ts')
    const { EXAMPLE_NAMES } = await import('../setup/example/example.ts')
    const { init } = await import('../setup/init.ts')
    const named = args.list('client').map(name => {
      const client = clients.find(client => client.name === name)
      if (client) return client
      const names = clients.map(client => client.name).join(', ')
      throw new UsageError(`There is no client ${name}, so nothing was written. Clients: ${names}.`)
    })
    const example = args.text('example')
    if (example !== undefined && !EXAMPLE_NAMES.includes(example)) {
      throw new UsageError(`There is no example ${example}. Examples: ${EXAMPLE_NAMES.join(', ')}.`)
    }
    const result = await unlessCancelled(() =>
      init(call, {
        clients: named,
        level: levelOf(args),
        hooks: args.flag('hooks'),
        remove: args.flag('remove'),
        dryRun: args.flag('dry-run'),
        interactive: call.frontend.human !== undefined && !isQuiet(args),
        example,
        testCommand: args.text('test-command'),
        plan: args.positionals[0],
      }),
    )
    if (!result) return { data: { written: [] }, text: '', exitCode: 1 }
    const { text, ...data } = result
    return { data, text, exitCode: result.refused ? 1 : 0 }
  },
}

async function unlessCancelled(work: () => Promise<InitResult>): Promise<InitResult | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Cancelled) return undefined
    throw error
  }
}

function isQuiet(args: Arguments): boolean {
  return ['yes', 'dry-run', 'json'].some(name => args.flag(name))
}

function levelOf(args: Arguments): InitRequest['level'] {
  if (args.flag('user') && args.flag('project')) {
    throw new UsageError('--user and --project exclude each other.')
  }
  if (args.flag('user')) return 'user'
  return args.flag('project') ? 'project' : undefined
}
