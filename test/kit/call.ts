import { holderOf } from '../../src/store/holder.ts'
import type { Call } from '../../src/workflow/call.ts'
import type { Project } from './project.ts'

/** A call past the server, which would let one step at a time work on a task. */
export function callIn({ root }: Pick<Project, 'root'>): Call {
  return {
    root,
    holder: holderOf('test', 'test', process.pid),
    surface: { tell: step => step },
    signal: new AbortController().signal,
    note: () => undefined,
  }
}
