import { createInterface } from 'node:readline/promises'
import type { Step, Frontend } from '../workflow/context/call.ts'

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
export function commandFrontend(): Frontend {
  return process.stdin.isTTY && process.stdout.isTTY
    ? { describeStep: tell, human: { channel: 'terminal', yes, each } }
    : { describeStep: tell }
}

const tell: Frontend['describeStep'] = (step, args) => {
  const late = args?.late ? ['--late'] : []
  const words = [COMMANDS[step], args?.task, ...(args?.tests ?? []), ...late]
  return `run \`redgreen ${words.filter(word => word !== undefined).join(' ')}\``
}

async function yes(question: string): Promise<boolean> {
  const [answer = false] = await answers([question])
  return answer
}

async function each(question: string, points: readonly string[]): Promise<boolean[]> {
  process.stdout.write(`${question}\n`)
  return answers(points)
}

/** One terminal for all questions: what is typed ahead is an answer, and what is not typed is none. */
async function answers(questions: readonly string[]): Promise<boolean[]> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const lines = terminal[Symbol.asyncIterator]()
  const agreed: boolean[] = []
  try {
    for (const question of questions) {
      terminal.setPrompt(`${question} [yes/no] `)
      terminal.prompt()
      const { value = '' } = await lines.next()
      agreed.push(['y', 'yes'].includes(value.trim().toLowerCase()))
    }
    return agreed
  } finally {
    terminal.close()
  }
}
