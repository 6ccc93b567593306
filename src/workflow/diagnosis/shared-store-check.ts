import process from 'node:process'
import { countOf } from '../../plan/format-list.ts'
import { StoreUnreachable } from '../../store/coordinator/coordinator.ts'
import { coordinatorFor } from '../../store/coordinator/coordinator-for.ts'
import { projectName } from '../../store/coordinator/project-name.ts'
import { sharedStore, type SharedStore } from '../../store/coordinator/shared-store.ts'
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
  const shared = sharedStore(settings)
  if (!shared) return []
  const coordinator = await coordinatorFor(workspace, state, settings)
  const { leases } = await coordinator.leases()
  const features = countOf((await coordinator.features()).length, 'feature')
  const held = Object.values(leases).filter(({ released, ended }) => !released && !ended)
  const found = `reached ${coordinator.label ?? ''}: ${features}, ${countOf(held.length, 'lease')}; this clone is ${coordinator.clone ?? ''}`
  const store = { name: 'shared store', ok: true, found }
  if (shared.store !== 'postgres') return [store]
  const project = shared.project ?? (await projectName(workspace)) ?? ''
  return [store, await checkWitness(shared, project)]
}

/** Whether `verify --witness` can read what the database has. */
async function checkWitness(
  { url, isFromEnvironment }: Extract<SharedStore, { store: 'postgres' }>,
  project: string,
): Promise<DiagnosisResult> {
  const { readRecorded } = await import('../../store/coordinator/postgres/recorded-lines.ts')
  try {
    const { recorded } = await readRecorded(
      url,
      project,
      isFromEnvironment ? process.env : undefined,
    )
    const events = recorded.reduce((sum, { hashes }) => sum + hashes.length, 0)
    const found = `the database confirms ${countOf(events, 'event')} of the project ${project}: redgreen verify --witness 'postgres://…?project=${project}'`
    return { name: 'witness', ok: true, found }
  } catch (error) {
    if (!(error instanceof StoreUnreachable)) throw error
    const remedy = 'Run the three GRANT commands of docs/shared-store.md, section 1.'
    return { name: 'witness', ok: false, found: `cannot be read: ${error.message}`, remedy }
  }
}
