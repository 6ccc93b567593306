import { stripVTControlCharacters } from 'node:util'
import type { Call } from '../workflow/context/call.ts'
import { VERSION } from '../server/version.ts'
import { diagnose } from '../workflow/diagnosis/index.ts'
import type { DiagnosisResult } from '../workflow/diagnosis/result.ts'
import type { Command, Printed } from './command.ts'
import { joinAsLines } from '../runner/safe-text.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  usage: '[--cheats]',
  summary: 'check the set-up; with --cheats, run the attack suite',
  description:
    'Shows what redgreen finds in the project (Node, git, permissions, plans, settings, test runner, ledger), starts the server as each client does and calls each installed hook once, and says how to fix what is wrong. With --cheats it runs every attack of the attack suite against the installed program, each in a temporary project; your project is not touched.',
  options: {
    cheats: { type: 'boolean', description: 'Run the attack suite instead of the checks.' },
  },
  exitCode1: 'a check failed or an attack succeeded',
  examples: ['redgreen doctor', 'redgreen doctor --cheats'],
  anywhere: true,
  async run(call, args) {
    if (args.flag('cheats')) return runAttackSuite(call)
    // Imported here because no other command needs it.
    const { diagnoseSetup } = await import('../setup/doctor/index.ts')
    const checks = [
      { name: 'redgreen', ok: true, found: `${VERSION}, ${process.argv[1] ?? ''}` },
      ...(await diagnose(call)),
      ...(await diagnoseSetup(call)),
    ]
    const passed = checks.every(({ ok }) => ok)
    return { data: { passed, checks }, text: diagnosisText(checks), exitCode: passed ? 0 : 1 }
  },
}

/** Imported here because no other command needs the attack suite. */
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
  return joinAsLines(
    checks.flatMap(({ name, ok, found, remedy }) => [
      `${ok ? '✓' : '✗'} ${name.padEnd(width)}  ${stripVTControlCharacters(found)}`,
      ...(remedy === undefined ? [] : [`${' '.repeat(width + 4)}${remedy}`]),
    ]),
  )
}

function showProgress(done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done}/${total}${done === total ? '\n' : ''}`)
  else if (done % 10 === 0 || done === total) process.stderr.write(`${done}/${total}\n`)
}
