import type { Changes } from './tool.ts'

/** What a client may tell a person about a tool before it is used. */
export interface Annotations {
  readOnlyHint: boolean
  destructiveHint: boolean
  idempotentHint: boolean
  openWorldHint: boolean
}

/** Nothing is ever deleted, and no call leaves the machine; what is recorded may differ from call to call. */
export function annotationsFor(changes: Changes): Annotations {
  return {
    readOnlyHint: changes === 'nothing',
    destructiveHint: false,
    idempotentHint: changes === 'nothing',
    openWorldHint: false,
  }
}
