import { inHome } from '../machine.ts'
import type { JsonValue } from '../text/json-format.ts'
import type { HookClient } from './hook-format.ts'

const SECONDS = 10

/** Claude Code's form: a matcher and a list of handlers for each event. */
function matched(command: string, matcher?: string, timeout = SECONDS): JsonValue {
  const handler = { type: 'command', command, timeout }
  return { ...(matcher !== undefined && { matcher }), hooks: [handler] }
}

/** VS Code reads this file too, and ignores the matcher. */
const CLAUDE_FILE = {
  projectFile: '.claude/settings.json',
  userFile: machine => inHome(machine, '.claude', 'settings.json'),
  flag: 'claude-code',
  events: command => ({
    PreToolUse: matched(command, 'Write|Edit|MultiEdit|NotebookEdit|Bash'),
    Stop: matched(command),
    SubagentStop: matched(command),
    SessionStart: matched(command),
  }),
} satisfies Omit<HookClient, 'client'>

/** The clients whose hooks can be installed. */
export const hookClients: readonly HookClient[] = [
  { client: 'claude-code', ...CLAUDE_FILE },
  { client: 'vscode', ...CLAUDE_FILE },
  {
    client: 'codex',
    flag: 'codex',
    projectFile: '.codex/hooks.json',
    userFile: machine => inHome(machine, '.codex', 'hooks.json'),
    events: command => ({
      PreToolUse: matched(command, 'apply_patch|Edit|Write|Bash'),
      Stop: matched(command),
      SessionStart: matched(command),
    }),
  },
  {
    client: 'copilot-cli',
    flag: 'copilot-cli',
    projectFile: '.github/hooks/redgreen.json',
    userFile: machine => inHome(machine, '.copilot', 'hooks', 'redgreen.json'),
    version: 1,
    events: command => {
      const item = { type: 'command', bash: command, powershell: command, timeoutSec: SECONDS }
      return { preToolUse: item, agentStop: item, sessionStart: item }
    },
  },
  {
    client: 'gemini',
    flag: 'gemini',
    projectFile: '.gemini/settings.json',
    userFile: machine => inHome(machine, '.gemini', 'settings.json'),
    events: command => ({
      BeforeTool: matched(command, 'write_file|replace|run_shell_command', SECONDS * 1000),
      AfterAgent: matched(command, undefined, SECONDS * 1000),
      SessionStart: matched(command, undefined, SECONDS * 1000),
    }),
  },
  {
    client: 'cursor',
    flag: 'cursor',
    projectFile: '.cursor/hooks.json',
    userFile: machine => inHome(machine, '.cursor', 'hooks.json'),
    version: 1,
    events: command => ({
      preToolUse: { command },
      beforeShellExecution: { command },
      stop: { command },
      sessionStart: { command },
    }),
  },
]
