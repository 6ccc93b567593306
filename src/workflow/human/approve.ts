import type { Call } from '../context/call.ts'
import { enablesClientChannel } from '../approval/client-channel.ts'
import { record } from '../context/context.ts'
import { withTransaction, openContext } from '../context/transaction.ts'
import type { Plan } from '../../plan/plan.ts'
import { structureHash } from '../guards/readiness.ts'
import { confirmByHuman } from '../approval/confirm.ts'

export interface Approved {
  feature: string
  person: string
}

/** A person confirms the settings as they are now, so that tasks in progress may go on with them. */
export async function approve(call: Call): Promise<Approved> {
  const before = await openContext(call)
  const { plan, settings } = before
  const structure = structureHash(plan)
  const { channels } = settings.approval
  const opened = enablesClientChannel(before) ? OPENED : ''
  const question = `${summary(plan)}\nSettings: ${settings.hash === 'none' ? 'none' : settings.hash.slice(0, 12)}${opened}\nApprove these ${plan.tasks.length} tasks, and the settings as they are?`
  const confirmed = await confirmByHuman(call, question, 'approve')
  return withTransaction(call, context => {
    const said = { settings: settings.hash, ...(channels && { channels }) }
    record(context, { kind: 'approved', ...said, structure, ...confirmed })
    return { feature: plan.feature.id, person: confirmed.person }
  })
}

const OPENED =
  '\nNew in them: a form of the MCP client counts as your word (elicitation), besides this terminal.'

function summary({ feature, phases, tasks }: Plan): string {
  const lines = phases.flatMap(({ name, tasks: ids }) => [
    `${name}:`,
    ...ids.map(id => `  ${id} ${tasks.find(task => task.id === id)?.title ?? ''}`),
  ])
  return [`${feature.title} (${feature.dir})`, ...lines].join('\n')
}
