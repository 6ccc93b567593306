import { stripVTControlCharacters } from 'node:util'
import { diagnose, type DiagnosisResult } from '../workflow/diagnosis.ts'
import type { Call } from '../workflow/context/call.ts'
import type { Command, Printed } from './command.ts'

export const doctor: Command = {
  name: 'doctor',
  usage: '[--cheats]',
  summary: 'what is found here, and what is wrong; with --cheats, try to cheat the gate itself',
  options: { cheats: { type: 'boolean' } },
  async run(call, args) {
    if (args.flag('cheats')) return runAttackSuite(call)
    const checks = await diagnose(call)
    const passed = checks.every(({ ok }) => ok)
    return { data: { passed, checks }, text: diagnosisText(checks), exitCode: passed ? 0 : 1 }
  },
}

/** Loaded for this one command only: nothing else in the program needs the cheats. */
async function runAttackSuite({ signal }: Call): Promise<Printed> {
  const { attacks } = await import('../attacks/index.ts')
  const { runAttacks } = await import('../attacks/run-attacks.ts')
  const { attacksTable } = await import('../attacks/table.ts')
  const results = await runAttacks(attacks, { signal, follow: showProgress })
  const passed = results.every(({ ok }) => ok)
  return {
    data: { passed, attacks: results },
    text: attacksTable(results),
    exitCode: passed ? 0 : 1,
  }
}

function diagnosisText(checks: readonly DiagnosisResult[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length))
  return checks
    .flatMap(({ name, ok, said, remedy }) => [
      `${ok ? '✓' : '✗'} ${name.padEnd(width)}  ${stripVTControlCharacters(said)}`,
      ...(remedy === undefined ? [] : [`${' '.repeat(width + 4)}${remedy}`]),
    ])
    .join('\n')
}

function showProgress(over: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${over}/${all}${over === all ? '\n' : ''}`)
  else if (over % 10 === 0 || over === all) process.stderr.write(`${over}/${all}\n`)
}
