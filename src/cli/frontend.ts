import { createInterface } from 'node:readline/promises'
import type { Frontend, Step } from '../workflow/context/call.ts'

const COMMANDS: Record<Step, string> = {
  next_task: 'next-task',
  record_red: 'record-red',
  record_green: 'record-green',
  mark_complete: 'mark-complete',
  run_validation: 'run-validation',
  report_failure: 'report-failure',
  read_document: 'status',
}

/** Describes steps as commands. A human can be asked only if both standard input and output are a terminal. */
export function commandFrontend(): Frontend {
  return process.stdin.isTTY && process.stdout.isTTY
    ? { describeStep, human: { channel: 'terminal', confirm, confirmEach } }
    : { describeStep }
}

const describeStep: Frontend['describeStep'] = (step, args) => {
  const late = args?.late ? ['--late'] : []
  const files = args?.tests ?? (args && step === 'record_red' ? ['TEST-FILE'] : [])
  const parts = [COMMANDS[step], args?.task, ...files, ...late]
  return `run \`redgreen ${parts.filter(part => part !== undefined).join(' ')}\``
}

async function confirm(question: string): Promise<boolean> {
  const [answer = false] = await askAll([question])
  return answer
}

async function confirmEach(question: string, points: readonly string[]): Promise<boolean[]> {
  process.stdout.write(`${question}\n`)
  return askAll(points)
}

/** Asks the questions in turn. One reader serves them all, so that lines typed ahead count; no answer is a no. */
async function askAll(questions: readonly string[]): Promise<boolean[]> {
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
