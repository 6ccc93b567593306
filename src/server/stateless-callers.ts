import { formatList } from '../plan/format-list.ts'
import { sha256 } from '../evidence/chain.ts'
import { createHolder } from '../store/leases/holder.ts'
import { callTarget } from '../workflow/context/call-target.ts'
import { loadContext } from '../workflow/context/load-context.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { callerOf, newClaim, type Caller, type CallerRequest, type FindCaller } from './caller.ts'

/** More tasks than clients without claims have open at once. */
const MAX_STARTED = 10_000

/**
 * The callers of requests that belong to no session and carry no claim. Windows of one editor have the same name, so `next_task`
 * is a new caller each time. A call that names a task belongs to the caller that the same client started that task with.
 */
export class StatelessCallers {
  /** Claims by client, feature and task, in the order of use. */
  readonly #started = new Map<string, string>()
  readonly #pass: (claim: string) => void

  /** @param pass receives each claim that a call passes */
  constructor(pass: (claim: string) => void) {
    this.#pass = pass
  }

  readonly find: FindCaller = async request => {
    const { tool, task, claim, client, call } = request
    const starts = tool === 'next_task'
    if (claim !== undefined) this.#pass(claim)
    if (claim !== undefined && !starts) return callerOf(claim, client.name)
    if (task === undefined && !starts) return wholeFeatureCaller(client)
    const { root, feature } = await mapErrors(call, () => callTarget(call))
    const prefix = JSON.stringify([client.key, root, feature])
    const known = task === undefined ? undefined : this.#started.get(prefix + task)
    const caller = callerOf(claim ?? known ?? newClaim(), client.name)
    const isNew = claim === undefined && task === undefined
    const note = isNew ? await this.#unfinished(request, prefix) : undefined
    return {
      ...caller,
      ...(note !== undefined && { note }),
      remember: task => this.#remember(prefix + task, caller),
    }
  }

  #remember(key: string, { claim }: Caller): void {
    if (claim === undefined) return
    this.#started.delete(key)
    this.#started.set(key, claim)
    const [oldest] = this.#started.keys()
    if (this.#started.size > MAX_STARTED && oldest !== undefined) this.#started.delete(oldest)
  }

  /** A line about the tasks that the same client has started and not finished. */
  async #unfinished({ client, call }: CallerRequest, prefix: string): Promise<string | undefined> {
    const own = [...this.#started].filter(([key]) => key.startsWith(prefix))
    if (own.length === 0) return undefined
    const { leases } = await mapErrors(call, () => loadContext(call))
    const tasks = own.flatMap(([key, claim]) => {
      const task = key.slice(prefix.length)
      const isHeld = leases.get(task)?.holder.id === callerOf(claim, client.name).holder.id
      return isHeld ? [task] : []
    })
    const [first] = tasks
    if (first === undefined) return undefined
    return `${client.name} has started ${formatList(tasks, 3)} and not finished it. To continue it instead, call next_task with task ${first}.`
  }
}

/** The validation and the documents belong to no task, so equal calls of one client may join. */
function wholeFeatureCaller({ name, key }: CallerRequest['client']): Caller {
  return { holder: createHolder(sha256(key).slice(0, 16), `${name} (HTTP)`, process.pid) }
}
