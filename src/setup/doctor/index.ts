import { callWorkspace } from '../../workflow/context/call-workspace.ts'
import type { Call } from '../../workflow/context/call.ts'
import type { DiagnosisResult } from '../../workflow/diagnosis/result.ts'
import { currentSurroundings } from '../surroundings.ts'
import { checkClients } from './client-checks.ts'
import { checkFolders } from './folder-checks.ts'
import { checkHooks } from './hook-checks.ts'
import { checkMergeDriver } from './merge-driver-check.ts'

/** Checks what surrounds the server: the folders that it writes, and the entries and hooks of each client. */
export async function diagnoseSetup(call: Call): Promise<DiagnosisResult[]> {
  const { workspace } = callWorkspace(call)
  const surroundings = currentSurroundings(workspace.root)
  return [
    ...checkFolders(workspace.root),
    ...(await checkMergeDriver(workspace, surroundings)),
    ...(await checkClients(surroundings, call.signal)),
    ...(await checkHooks(surroundings, call.signal)),
  ]
}
