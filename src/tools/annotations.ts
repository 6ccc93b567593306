import type { Changes } from './tool.ts'

/** What a client may tell a person about a tool before it is used. */
export interface Annotations {
  readOnlyHint: boolean
  destructiveHint: boolean
  idempotentHint: boolean
  openWorldHint: boolean
}

/** Nothing is ever deleted, a repeated call answers with what is recorded, and no call leaves the machine. */
export function annotationsFor(changes: Changes): Annotations {
  return {
    readOnlyHint: changes === 'nothing',
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  }
}
