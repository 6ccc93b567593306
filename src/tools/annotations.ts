import type { Changes } from './tool.ts'

/** Hints by which a client decides whether to ask its user before a call. */
export interface Annotations {
  readOnlyHint: boolean
  destructiveHint: boolean
  idempotentHint: boolean
  openWorldHint: boolean
}

/** No tool deletes anything or leaves the machine; a repeated call of a writing tool may record something new. */
export function annotationsFor(changes: Changes): Annotations {
  return {
    readOnlyHint: changes === 'nothing',
    destructiveHint: false,
    idempotentHint: changes === 'nothing',
    openWorldHint: false,
  }
}
