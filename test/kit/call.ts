import { createHolder } from '../../src/store/leases/holder.ts'
import type { Call } from '../../src/workflow/context/call.ts'

/** A call of a step in this process, without a server between. */
export function callAt(root: string, name = 'test'): Call {
  return {
    root,
    holder: createHolder(name, name, process.pid),
    frontend: { describeStep: step => step },
    signal: new AbortController().signal,
    note: () => undefined,
  }
}
