import { dialects } from '../../dialects/index.ts'
import type { WorkspaceReader } from '../../dialects/dialect.ts'
import type { Installation } from '../../runner/installation.ts'
import { gitFolderOf } from '../../store/git-folder.ts'
import type { Target } from '../targets.ts'
import { attributesTarget } from './attributes.ts'
import { driverTarget, otherRegistration } from './driver.ts'

/** What is to be merged: the plans of a project, and of an example that is going to be created. */
interface Plans {
  reader: WorkspaceReader
  example: string | undefined
  /** The plan that the user names now. */
  named: string | undefined
  remove: boolean
}

/** The places of the merge driver. Without git there are none. */
export function mergeTargets(
  root: string,
  installation: Installation,
  { reader, example, named, remove }: Plans,
): Target[] {
  const driver = driverTarget(root, installation)
  if (!driver) return []
  const found = dialects.filter(
    dialect => dialect.name === example || dialect.detect(reader) !== undefined,
  )
  const files = found.flatMap(dialect =>
    // A checklist may be any file that a human has named.
    dialect.yields === true
      ? [...dialect.planFiles, ...dialect.features(reader).map(({ tasks }) => `/${tasks}`)]
      : dialect.planFiles,
  )
  const all = new Set([...files, ...(named === undefined ? [] : [`/${named}`])])
  const attributes = attributesTarget(root, [...all])
  return remove || otherRegistration(root, installation) === undefined
    ? [attributes, driver]
    : [attributes]
}

/** A sentence for a user whose merge driver is not registered from here. */
export function mergeNote(root: string, installation: Installation): string | undefined {
  const other = gitFolderOf(root) && otherRegistration(root, installation)
  return other && `The merge driver of git is not registered: ${other}.`
}
