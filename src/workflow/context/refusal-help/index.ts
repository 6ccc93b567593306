import type { RefusalCode } from '../refusal.ts'
import { finishHelp } from './finish-help.ts'
import type { RefusalHelp } from './refusal-help.ts'
import { runHelp } from './run-help.ts'
import { taskHelp } from './task-help.ts'

/** Cause and fix of every refusal code. `docs/troubleshooting.md` is generated from it. */
export const refusalHelp = { ...taskHelp, ...runHelp, ...finishHelp } satisfies Record<
  RefusalCode,
  RefusalHelp
>
