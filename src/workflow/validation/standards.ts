import type { Standard } from '../../plan/standard.ts'
import type { Context } from '../context/context.ts'
import { runCommand } from '../testing/project-command.ts'
import { proofOf, featureStandards, latestDecision } from '../approval/standards.ts'
import { gateOf, type GateCheck, type Gate } from './gate.ts'

/** Every point of the last checklist has evidence or a person's word; no gate where the workflow has no such list. */
export async function standardsGate(context: Context, gates: readonly Gate[]): Promise<Gate[]> {
  const standards = featureStandards(context)
  if (standards.length === 0) return []
  const checks: GateCheck[] = []
  for (const standard of standards) checks.push(await look(context, standard, gates))
  const findings = checks.flatMap(({ text, passed }) => (passed ? [] : [text]))
  const waived = standards.filter(standard => latestDecision(context, standard)?.waived).length
  const more = waived > 0 ? `, ${waived} of them waived` : ''
  const summary = `${checks.length - findings.length} of ${checks.length} have evidence or a person's word${more}`
  return [gateOf('standards', summary, { checks, findings })]
}

async function look(
  context: Context,
  standard: Standard,
  gates: readonly Gate[],
): Promise<GateCheck> {
  const { name } = standard
  const word = latestDecision(context, standard)
  if (word?.waived) return { text: `${name}: ${word.told}`, passed: true }
  const proof = proofOf(context, standard)
  if (proof && 'check' in proof) return checked(context, name, proof.check)
  if (proof) {
    const passed = gates.some(gate => gate.name === proof.gate && gate.passed)
    return { text: `${name}: the gate ${proof.gate} ${passed ? 'passes' : 'fails'}`, passed }
  }
  if (word) return { text: `${name}: ${word.told}`, passed: true }
  return { text: `${name}: has neither evidence nor a person's word`, passed: false }
}

/** What the settings name as its proof is run; nobody's word stands against it. */
async function checked(context: Context, name: string, check: string): Promise<GateCheck> {
  const argv = context.settings.checks[check]
  if (!argv) {
    const text = `${name}: the settings name the check ${check} for it, and there is none of that name`
    return { text, passed: false }
  }
  const { passed, ending } = await runCommand(context, check, argv)
  return { text: `${name}: the check ${check} ${passed ? 'passes' : `fails (${ending})`}`, passed }
}
