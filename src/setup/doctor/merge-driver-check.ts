import { existsSync } from 'node:fs'
import path from 'node:path'
import { readBytes } from '../../store/read-file.ts'
import { git } from '../../store/git.ts'
import { gitFolderOf } from '../../store/git-folder.ts'
import type { Workspace } from '../../store/workspace.ts'
import type { DiagnosisResult } from '../../workflow/diagnosis/result.ts'
import { namesDriver } from '../merging/attributes.ts'
import {
  DRIVER_SETTING,
  mayChange,
  otherRegistration,
  registeredProgram,
  registration,
} from '../merging/driver.ts'
import type { Surroundings } from '../targets.ts'

/** Checks whether this clone has registered the merge driver that the attributes of the repository name. */
export async function checkMergeDriver(
  workspace: Workspace,
  { installation }: Pick<Surroundings, 'installation'>,
): Promise<DiagnosisResult[]> {
  if (!gitFolderOf(workspace.root)) return []
  const attributes = readBytes(path.join(workspace.root, '.gitattributes'))?.toString('utf8')
  if (!namesDriver(attributes ?? '')) {
    const found = 'no merge driver; `redgreen init` sets one up for ledgers and marks'
    return [{ name: 'merging', ok: true, found }]
  }
  const driver = (await git(workspace, ['config', '--get', DRIVER_SETTING]))?.trim()
  const other = otherRegistration(workspace.root, installation)
  if (driver === undefined && other !== undefined)
    return [{ name: 'merging', ok: true, found: `no merge driver in this clone; ${other}` }]
  const problem = problemOf(workspace.root, driver)
  if (problem === undefined)
    return [{ name: 'merging', ok: true, found: 'the merge driver is registered in this clone' }]
  return [
    {
      name: 'merging',
      ok: false,
      found: problem,
      remedy: other === undefined ? `Run: ${registration(installation)}` : `${other}.`,
    },
  ]
}

function problemOf(root: string, driver: string | undefined): string | undefined {
  if (driver === undefined)
    return `the merge driver is not registered in this clone, ${SO}; \`redgreen init\` registers it`
  const program = registeredProgram(driver)
  if (program === undefined) return undefined
  const starts = `the merge driver of this clone starts ${program}`
  if (mayChange(root, program)) return `${starts}, so a branch can decide what a merge starts`
  return existsSync(program) ? undefined : `${starts}, which does not exist, ${SO}`
}

const SO = 'so git merges ledgers and plans as other text'
