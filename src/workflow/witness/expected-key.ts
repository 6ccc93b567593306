import process from 'node:process'
import { BadSettings, readSettings } from '../../store/settings.ts'
import type { Workspace } from '../../store/workspace.ts'

/** The public key of the witness that is trusted, and who says so. */
export interface ExpectedKey {
  key: string | undefined
  from: 'caller' | 'settings' | 'nobody'
}

/** The key that the caller or the environment names, else the one of the settings. */
export function expectedKey(workspace: Workspace, named?: string): ExpectedKey {
  const key = named ?? process.env['REDGREEN_WITNESS_KEY']
  if (key !== undefined && key !== '') return { key, from: 'caller' }
  const inSettings = keyInSettings(workspace)
  return inSettings === undefined
    ? { key: undefined, from: 'nobody' }
    : { key: inSettings, from: 'settings' }
}

function keyInSettings(workspace: Workspace): string | undefined {
  try {
    return readSettings(workspace).witness?.key
  } catch (error) {
    if (error instanceof BadSettings) return undefined
    throw error
  }
}
