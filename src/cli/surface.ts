import { createInterface } from 'node:readline/promises'
import type { Step, Surface } from '../workflow/call.ts'

const COMMANDS: Record<Step, string> = {
  next_task: 'next-task',
  record_red: 'record-red',
  record_green: 'record-green',
  mark_complete: 'mark-complete',
  run_validation: 'run-validation',
  report_failure: 'report-failure',
  read_document: 'status',
}

/** To a person, steps are commands; and only on a real terminal is there a person to ask. */
export function commandSurface(): Surface {
  return process.stdin.isTTY && process.stdout.isTTY
    ? { tell, ask: { channel: 'terminal', yes } }
    : { tell }
}

const tell: Surface['tell'] = (step, args) => {
  const late = args?.late ? ['--late'] : []
  const words = [COMMANDS[step], args?.task, ...(args?.tests ?? []), ...late]
  return `run \`redgreen ${words.filter(word => word !== undefined).join(' ')}\``
}

async function yes(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answer = await terminal.question(`${question} [yes/no] `)
    return ['y', 'yes'].includes(answer.trim().toLowerCase())
  } finally {
    terminal.close()
  }
}
