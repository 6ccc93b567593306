import { countOf } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import type { LeaseEntry } from '../../store/leases/lease-table.ts'
import { endLease } from '../../store/leases/end-lease.ts'
import { confirmByHuman } from '../approval/confirm.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { holderTag, record } from '../context/record.ts'
import { Refusal } from '../context/refusal.ts'
import { describeHolder, holderLabel, taskHolder } from '../context/task-holder.ts'
import { openContext, withTransaction } from '../context/transaction.ts'
import { idsOf, namedTasks, unchangedTask } from './named-tasks.ts'
import { joinAsLines } from '../../runner/safe-text.ts'

export interface Released {
  feature: string
  /** The tasks that are free again, and who held them. */
  tasks: { task: string; holder: string; since: string }[]
  person: string
}

/**
 * A human ends the leases on tasks whose holders are not going to continue. Recorded REDs and GREENs stay, and a result that
 * an earlier holder delivers later is refused.
 */
export async function release(call: Call, names: readonly string[]): Promise<Released> {
  const opened = await openContext(call)
  const asked = heldTasks(opened, names)
  const command = ['release', ...names].join(' ')
  const confirmed = await confirmByHuman(call, questionFor(opened, asked), command)
  const ended = new Map<string, LeaseEntry>()
  return withTransaction(call, async context => {
    for (const one of asked) {
      const { id: task } = unchangedTask(context, one)
      const lease = context.leases.get(task)
      // It may have been finished, or its holder may have ended, while the human was asked.
      if (!lease || lease.token !== opened.leases.get(task)?.token) continue
      const about = { feature: context.key, task, by: call.holder, person: confirmed.person }
      context.leaseTable = await endLease(context.coordinator, context.leaseTable, about)
      ended.set(task, lease)
    }
    const bodies = [...ended].map(([task, { since, holder }]) => ({
      kind: 'released' as const,
      task,
      from: holderTag(holder),
      since,
      why: 'human' as const,
      ...confirmed,
    }))
    if (bodies.length > 0) await record(context, ...bodies)
    return {
      feature: context.plan.feature.id,
      tasks: [...ended].map(([task, { holder, since }]) => ({
        task,
        holder: holderLabel(holder),
        since,
      })),
      person: confirmed.person,
    }
  })
}

function heldTasks(context: Context, names: readonly string[]): Task[] {
  const named = namedTasks(context, names)
  const held = named.filter(({ id }) => {
    const lease = context.leases.get(id)
    return lease !== undefined && !lease.finishedElsewhere
  })
  if (held.length > 0) return held
  throw new Refusal(
    'wrong_stage',
    `${idsOf(named)}: nobody holds ${named.length === 1 ? 'this task' : 'these tasks'}, so nothing was released.`,
    `A holder whose process has ended holds nothing. To start a task, ${context.call.frontend.describeStep('next_task')}.`,
  )
}

function questionFor(context: Context, tasks: readonly Task[]): string {
  const lines = tasks.map(({ id, title }) => {
    const holder = taskHolder(context, id)
    return `- ${id} ${title}: ${holder ? describeHolder(holder, id) : ''}`
  })
  const what = tasks.length === 1 ? 'this task' : `these ${countOf(tasks.length, 'task')}`
  return joinAsLines([
    ...lines,
    `Release ${what}? Another session can then continue; what is recorded stays, and a later result of the earlier session is refused.`,
  ])
}
