import type { WorkspaceReader } from '../../dialects/dialect.ts'
import { rememberingReader, type RememberingReader } from '../../dialects/remembering-reader.ts'
import { readSettings, type Settings } from '../../store/settings.ts'
import { currentTurn } from '../../store/turn.ts'
import { stateOf, type State } from '../../store/state.ts'
import { readTables } from '../../store/workflow-database.ts'
import { workspaceReader } from '../../store/workspace-reader.ts'
import type { Workspace } from '../../store/workspace.ts'
import type { FeatureChoice } from './active-feature.ts'
import type { Call } from './call.ts'
import { chooseFeature } from './choose-feature.ts'

/** The feature that a call is about, and what it was found with. */
export interface ChosenFeature {
  workspace: Workspace
  state: State
  settings: Settings
  reader: WorkspaceReader
  /** Knows the names that the choice has seen. */
  moment: RememberingReader
  choice: FeatureChoice
}

/** Finds the feature of a call. Refuses if there is none, or if it is ambiguous. */
export async function findFeature(call: Call, workspace: Workspace): Promise<ChosenFeature> {
  const state = stateOf(workspace)
  const settings = readSettings(workspace)
  const reader = workspaceReader(workspace, await readTables(workspace))
  const moment = rememberingReader(reader)
  const choice = chooseFeature(moment, settings, call, state)
  return { workspace, state, settings, reader, moment, choice }
}

let latest: { call: string; turn: object; chosen: ChosenFeature } | undefined

/** Keeps the choice for the step of the same call, if it begins before anything is waited for. */
export function keepChosen(call: Call, chosen: ChosenFeature): void {
  latest = { call: nameOf(call), turn: currentTurn(), chosen }
}

/** The choice that was made for the same call just now; only once, so that a later look sees what has changed. */
export function takeChosen(call: Call): ChosenFeature | undefined {
  const found = latest
  latest = undefined
  return found?.call === nameOf(call) && found.turn === currentTurn() ? found.chosen : undefined
}

/** What the choice depends on, besides the files. */
function nameOf({ root, rootReason, feature }: Call): string {
  return JSON.stringify([root, rootReason, feature])
}
