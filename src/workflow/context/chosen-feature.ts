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

/** The feature of a call, and what was read to find it. */
export interface ChosenFeature {
  workspace: Workspace
  state: State
  settings: Settings
  reader: WorkspaceReader
  /** A reader that has cached the names which the choice read. */
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

/** Keeps the choice for the step of the same call, if the step begins in the same turn of the event loop. */
export function keepChosen(call: Call, chosen: ChosenFeature): void {
  latest = { call: nameOf(call), turn: currentTurn(), chosen }
}

/** The choice that was just made for the same call. It is returned once, so that a later step reads the files again. */
export function takeChosen(call: Call): ChosenFeature | undefined {
  const found = latest
  latest = undefined
  return found?.call === nameOf(call) && found.turn === currentTurn() ? found.chosen : undefined
}

/** A key of everything that the choice depends on, except files. */
function nameOf({ root, rootReason, feature }: Call): string {
  return JSON.stringify([root, rootReason, feature])
}
