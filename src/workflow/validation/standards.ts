import type { Standard } from '../../plan/standard.ts'
import { proofOf, featureStandards, latestDecision } from '../approval/standards.ts'
import type { Context } from '../context/context.ts'
import { runCommand } from '../testing/project-command.ts'
import { gateOf, type GateCheck, type Gate } from './gate.ts'

/** Checks that each standard has evidence or was decided by a human. No gate if the workflow has no standards. */
export async function standardsGate(context: Context, gates: readonly Gate[]): Promise<Gate[]> {
  const standards = featureStandards(context)
  if (standards.length === 0) return []
  const checks: GateCheck[] = []
  for (const standard of standards) checks.push(await checkStandard(context, standard, gates))
  const findings = checks.flatMap(({ text, passed }) => (passed ? [] : [text]))
  const waived = standards.filter(standard => latestDecision(context, standard)?.waived).length
  const more = waived > 0 ? `, ${waived} of them waived` : ''
  const summary = `${checks.length - findings.length} of ${checks.length} have evidence or a decision by a human${more}`
  return [gateOf('standards', summary, { checks, findings })]
}

async function checkStandard(
  context: Context,
  standard: Standard,
  gates: readonly Gate[],
): Promise<GateCheck> {
  const { name } = standard
  const decision = latestDecision(context, standard)
  if (decision?.waived) return { text: `${name}: ${decision.summary}`, passed: true }
  const proof = proofOf(context, standard)
  if (proof && 'check' in proof) return runNamedCheck(context, name, proof.check)
  if (proof) {
    const passed = gates.some(gate => gate.name === proof.gate && gate.passed)
    return { text: `${name}: the gate ${proof.gate} ${passed ? 'passes' : 'fails'}`, passed }
  }
  if (decision) return { text: `${name}: ${decision.summary}`, passed: true }
  return { text: `${name}: has no evidence and no decision by a human`, passed: false }
}

/** Runs the check that the settings name for a standard. If it fails, a human's confirmation does not help. */
async function runNamedCheck(context: Context, name: string, check: string): Promise<GateCheck> {
  const argv = context.settings.checks[check]
  if (!argv) {
    const text = `${name}: the settings name the check ${check} for it, but there is no such check`
    return { text, passed: false }
  }
  const { passed, ending } = await runCommand(context, check, argv)
  return { text: `${name}: the check ${check} ${passed ? 'passes' : `fails (${ending})`}`, passed }
}
