import type { Command } from './command.ts'

/** Only its help: `main.ts` starts the hook itself, without the modules of the other commands. */
export const hookCommand: Command = {
  name: 'hook',
  usage: '[--client NAME]',
  summary: "answer a client's hook call",
  description:
    'Reads one hook call as JSON from standard input and prints an answer in the form of the client. It denies writes to .redgreen, to the settings while a task is open, and edits that tick a task; it says when a test file is frozen, and names the next call at the start of a session and at the end of a turn. Without recorded work, or after any error, it prints nothing and exits with 0. redgreen init --hooks registers it.',
  options: {
    client: {
      type: 'string',
      value: 'NAME',
      description:
        'Form of the answer: claude-code, codex, copilot-cli, gemini, cursor or vscode. Default: by the form of the call.',
    },
  },
  examples: ['redgreen hook --client claude-code < call.json'],
  anywhere: true,
  async run() {
    await import('../hook/main.ts')
    return { data: null, text: '' }
  },
}
