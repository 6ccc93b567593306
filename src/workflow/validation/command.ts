import { randomBytes } from 'node:crypto'
import type { Context } from '../context/context.ts'
import { checkRunRecord, runNamed } from '../testing/named-command.ts'
import type { ProjectTool } from '../testing/toolchain.ts'
import { gateOf, type Gate } from './gate.ts'

/** A command that finds nothing when it ends with exit code 0. */
export async function commandGate(
  context: Context,
  name: 'types' | 'lint',
  tool: ProjectTool,
): Promise<Gate> {
  const id = randomBytes(6).toString('hex')
  const end = await runNamed(context, tool.argv, id)
  const passed = end.end === 'exited' && end.exitCode === 0
  const how = end.end === 'exited' ? `exit code ${end.exitCode}` : (end.reason ?? end.end)
  const gate = gateOf(name, how, { findings: passed ? [] : [how] })
  return { ...gate, run: checkRunRecord(id, name, tool.argv, end) }
}
