import { notAgreed } from '../../evidence/agreed-policy.ts'
import type { RemoteChannel } from '../../evidence/remote-channels.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Plan } from '../../plan/plan.ts'
import { openedByApproval } from '../approval/remote-channels.ts'
import { confirmByHuman } from '../approval/confirm.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { changesSinceAgreed, currentRecord, keepPlanRecord } from '../context/plan-changes.ts'
import { withTransaction, openContext } from '../context/transaction.ts'
import { structureHash } from '../guards/readiness.ts'
import { filesToApprove } from './files-to-approve.ts'
import { joinAsLines } from '../../runner/safe-text.ts'

export interface Approved {
  feature: string
  person: string
}

/** A human approves the tasks of the plan and the current settings. Tasks in progress can then continue with them. */
export async function approve(call: Call): Promise<Approved> {
  const opened = await openContext(call)
  const { plan, settings } = opened
  const structure = structureHash(plan)
  const { channels } = settings.approval
  const { files, lines } = await filesToApprove(opened)
  const { allow: policy } = settings.verify
  const hash = settings.hash === 'none' ? 'none' : settings.hash.slice(0, 12)
  const warning = openedByApproval(opened)
    .map(channel => NEW_CHANNELS[channel])
    .join('')
  const question = `${describePlan(plan)}${describeChanges(opened)}${lines}\nSettings: ${hash}${warning}${describePolicy(opened)}\nIncluded: what the plan says about each task (description, files, dependencies, criteria).\nApprove ${plan.tasks.length === 1 ? 'this task' : `these ${plan.tasks.length} tasks`} and the current settings?`
  const included = { structure, plan: currentRecord(opened), files, settings: settings.hash }
  const confirmed = await confirmByHuman(call, question, 'approve', included)
  // Recorded as the human read the plan, even if its file has changed since.
  const planHash = keepPlanRecord(opened)
  return withTransaction(call, async context => {
    await record(context, {
      kind: 'approved',
      settings: settings.hash,
      ...(channels && { channels }),
      ...(policy && { policy }),
      structure,
      plan: planHash,
      files,
      ...confirmed,
    })
    return { feature: plan.feature.id, person: confirmed.person }
  })
}

/** What the plan no longer asks for. The human agrees to that too. */
function describeChanges(context: Context): string {
  const changes = changesSinceAgreed(context)
  if (changes.length === 0) return ''
  return joinAsLines([
    '',
    'Changed since the plan was agreed to:',
    ...changes.map(({ text }) => `  - ${text}`),
  ])
}

/** What the changed settings let `redgreen verify` accept, if the human agrees. */
function describePolicy({ ledger, settings }: Context): string {
  const added = notAgreed(ledger.events, settings.verify.allow)
  if (added.length === 0) return ''
  return `\nNew in the settings: redgreen verify also accepts ${formatList(added)}.`
}

const NEW_CHANNELS = {
  elicitation:
    '\nNew in the settings: besides this terminal, a form in the MCP client can ask you to confirm (elicitation).',
  page: '\nNew in the settings: besides this terminal, you can confirm on the live page of redgreen serve (page).',
} satisfies Record<RemoteChannel, string>

function describePlan({ feature, phases, tasks }: Plan): string {
  const lines = phases.flatMap(({ name, tasks: ids }) => [
    ...(name === '' ? [] : [`${name}:`]),
    ...ids.map(id => `  ${id} ${tasks.find(task => task.id === id)?.title ?? ''}`),
  ])
  return joinAsLines([`${feature.title} (${feature.dir})`, ...lines])
}
