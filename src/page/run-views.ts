import path from 'node:path'
import { packageRoot } from '../runner/package-root.ts'
import { safeText } from '../runner/safe-text.ts'
import { liveRuns } from '../store/live-runs.ts'
import { featureInKey, taskInKey, type LeaseTable } from '../store/leases/lease-table.ts'
import { finishedTests } from '../store/run-notes.ts'
import type { State } from '../store/state.ts'
import type { RunView } from './wire.ts'

/** The runs in progress of a workspace, whichever process made them. */
export function runViews(state: State, table: LeaseTable): RunView[] {
  const runs = liveRuns(state)
  if (runs.length === 0) return []
  const leases = Object.entries(table.leases)
  return runs.map(({ run, log, feature, command, since, by }) => ({
    run,
    log: log ?? null,
    feature: feature ?? null,
    command: safeText(shortCommand(command, state)),
    since,
    tests: (log === undefined ? undefined : finishedTests(state, log)) ?? null,
    tasks: leases.flatMap(([key, { holder, released }]) =>
      holder.id === by && released !== true && featureInKey(key) === (feature ?? '')
        ? [taskInKey(key)]
        : [],
    ),
  }))
}

/** The command without the folders that every word would begin with. */
function shortCommand([program = '', ...args]: readonly string[], { root }: State): string {
  return [path.basename(program), ...args]
    .join(' ')
    .replaceAll(`${root}${path.sep}`, '')
    .replaceAll(`${packageRoot()}${path.sep}`, '{redgreen}/')
}
