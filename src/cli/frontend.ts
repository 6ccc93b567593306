import { createInterface } from 'node:readline/promises'
import type { Frontend, Step } from '../workflow/context/call.ts'
import { shellLine } from './shell-line.ts'

const COMMANDS: Record<Step, string> = {
  next_task: 'next-task',
  record_red: 'record-red',
  record_green: 'record-green',
  mark_complete: 'mark-complete',
  run_validation: 'run-validation',
  report_failure: 'report-failure',
  read_document: 'status',
}

/**
 * Describes steps as commands. A human can be asked only if both standard input and output are a terminal.
 *
 * @param typed the words of the command, after the name of the program
 * @param feature the feature that the command named, which the next one has to name too
 */
export function commandFrontend(typed: readonly string[], feature?: string): Frontend {
  const frontend = { describeStep: describeSteps(feature), typed: shellLine(typed) }
  return process.stdin.isTTY && process.stdout.isTTY
    ? { ...frontend, human: { channel: 'terminal', confirm, confirmEach } }
    : frontend
}

function describeSteps(feature: string | undefined): Frontend['describeStep'] {
  const named = feature === undefined ? [] : ['--feature', feature]
  return (step, args) => {
    const late = args?.late ? ['--late'] : []
    const files = args?.tests ?? (args && step === 'record_red' ? ['TEST-FILE'] : [])
    const parts = [COMMANDS[step], args?.task, ...files, ...late, ...named]
    return `run \`redgreen ${shellLine(parts.filter(part => part !== undefined))}\``
  }
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
