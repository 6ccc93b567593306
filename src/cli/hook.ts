import type { Command } from './command.ts'

/** Only its help: `main.ts` starts the hook itself, without the modules of the other commands. */
export const hookCommand: Command = {
  name: 'hook',
  usage: '[--client NAME]',
  summary: 'for clients: called before edits and after turns (see init --hooks)',
  description:
    'You do not run it yourself: `redgreen init --hooks` registers it with your client, and the client runs it before and after what the assistant does. Before an edit or a shell command, it denies writes to .redgreen, writes to the settings while a task is open, and edits that tick a task, and says if a test file is frozen. At the start of a session and at the end of a turn, it names the next call. It reads one call of the client as JSON from standard input and prints the answer in the form of that client. If no work is recorded, or after any error, it prints nothing and exits with 0, so that it never stops the work.',
  options: {
    client: {
      type: 'string',
      value: 'NAME',
      description:
        'Form of the answer: claude-code, codex, copilot-cli, gemini, cursor or vscode. Default: by the form of the call.',
    },
  },
  examples: [
    `redgreen hook --client claude-code < call.json`,
    `echo '{"hook_event_name": "Stop", "cwd": "."}' | redgreen hook`,
  ],
  anywhere: true,
  async run() {
    await import('../hook/main.ts')
    return { data: null, text: '' }
  },
}
