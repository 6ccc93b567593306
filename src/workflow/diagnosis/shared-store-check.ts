import { countOf } from '../../plan/format-list.ts'
import { StoreUnreachable } from '../../store/coordinator/coordinator.ts'
import { coordinatorFor } from '../../store/coordinator/coordinator-for.ts'
import { sharedStore } from '../../store/coordinator/shared-store.ts'
import { readSettings } from '../../store/settings.ts'
import type { Call } from '../context/call.ts'
import { attempt, type DiagnosisResult, type Location } from './result.ts'

/** The store that several clones share, if there is one: whether it can be used, and what it has. */
export function checkSharedStore(call: Call, location: Location): Promise<DiagnosisResult[]> {
  return attempt('shared store', call, async () => {
    try {
      return await findSharedStore(location)
    } catch (error) {
      if (!(error instanceof StoreUnreachable)) throw error
      const remedy = 'docs/shared-store.md, section 4, says what to do about each reason.'
      return [
        { name: 'shared store', ok: false, found: `cannot be used: ${error.message}`, remedy },
      ]
    }
  })
}

async function findSharedStore({ workspace, state }: Location): Promise<DiagnosisResult[]> {
  const settings = readSettings(workspace)
  if (!sharedStore(settings)) return []
  const coordinator = await coordinatorFor(workspace, state, settings)
  const { leases } = await coordinator.leases()
  const features = countOf((await coordinator.features()).length, 'feature')
  const held = Object.values(leases).filter(({ released, ended }) => !released && !ended)
  const found = `${coordinator.label ?? ''}: ${features}, ${countOf(held.length, 'lease')}; this clone is ${coordinator.clone ?? ''}`
  return [{ name: 'shared store', ok: true, found }]
}
