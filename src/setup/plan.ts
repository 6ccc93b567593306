import { realpathSync } from 'node:fs'
import path from 'node:path'
import { checkInside, checkWritable, readConfig } from './config-file.ts'
import { recordedChanges } from './records.ts'
import type { Target } from './targets.ts'
import { isStrict } from './text/json-tree.ts'
import { undo, type FileChange } from './text/undo.ts'
import { Unusable } from './text/unusable.ts'

/** What happens to one target, as a line for the user. */
export interface PlannedStep {
  client: string
  title: string
  what: Target['what']
  file: string
  /** `present` and `absent`: nothing to do. `refused`: nothing is done, `reason` says why. */
  action: 'add' | 'update' | 'present' | 'remove' | 'absent' | 'run' | 'refused'
  reason?: string
  /** Words of the client's own command. */
  command?: string[]
}

/** A file as it is, and as it will be. */
export interface PlannedFile {
  file: string
  /** `undefined`: it does not exist. */
  before: string | undefined
  /** `null`: it is removed, because the set-up created it. */
  after: string | null
  /** The changes of earlier set-ups that stay recorded; `undefined`: this change is added to them. */
  left?: FileChange[]
  /** Every recorded change was reverted. */
  isRestored?: boolean
}

export interface SetupPlan {
  steps: PlannedStep[]
  /** Only files that change. */
  files: PlannedFile[]
}

/** Plans the set-up of every target. Reads files and writes nothing. A target that is refused does not stop the others. */
export function planSetup(root: string, targets: readonly Target[]): SetupPlan {
  const files = new Map<string, PlannedFile>()
  const owners = new Map<string, string>()
  const steps = targets.map(target =>
    attempt(target, () => {
      const file = fileOf(files, root, target)
      const owner = `${target.what} ${realPath(target.file)}`
      const other = owners.get(owner)
      owners.set(owner, other ?? target.title)
      const text = file.after ?? ''
      if (target.isSet(text)) return { action: 'present' }
      if (other !== undefined && other !== target.title) {
        const reason = `${other} uses the same file and entry, which is not written twice`
        return { action: 'present', reason }
      }
      if (target.own) return { action: 'run', command: [target.own.program, ...target.own.add] }
      checkWritable(target.file)
      const had = target.has(text)
      file.after = target.set(text)
      return { action: had ? 'update' : 'add' }
    }),
  )
  return { steps, files: changed(files) }
}

/** Plans the removal of every target, so that each file gets its original bytes back if that is possible. */
export function planRemoval(root: string, targets: readonly Target[]): SetupPlan {
  const files = new Map<string, PlannedFile>()
  const steps = targets.map(target =>
    attempt(target, () => {
      const file = fileOf(files, root, target)
      if (!target.has(file.before ?? '')) return { action: 'absent' }
      const project = otherProject(target, file.before ?? '', root)
      if (project !== undefined)
        return { action: 'absent', reason: `its entry is for ${project}; run it there` }
      if (target.own?.remove)
        return { action: 'run', command: [target.own.program, ...target.own.remove] }
      checkWritable(target.file)
      if (!file.left) Object.assign(file, undone(file, target))
      if (file.after !== null && !file.isRestored) file.after = target.remove(file.after)
      return { action: 'remove' }
    }),
  )
  return { steps, files: changed(files) }
}

/** Reverts the recorded changes of a file, the latest first, as far as they can still be found in it. */
function undone({ file, before = '' }: PlannedFile, target: Target): Partial<PlannedFile> {
  const changes = recordedChanges(file)
  let after: string | null = before
  for (let change = changes.at(-1); change; change = changes.at(-1)) {
    const earlier = undo(after ?? '', change)
    if (earlier === undefined || !isReadable(target, earlier)) break
    // Somebody may have added an entry before ours, which then would be left with a comma.
    if (isStrict(after ?? '') && !isStrict(earlier ?? '')) break
    after = earlier
    changes.pop()
  }
  return { after, left: [], isRestored: changes.length === 0 && after !== before }
}

function isReadable(target: Target, text: string | null): boolean {
  try {
    target.has(text ?? '')
    return true
  } catch (error) {
    if (error instanceof Unusable) return false
    throw error
  }
}

/** The folder that an entry names with `--root`, if that is another project. */
function otherProject({ launch }: Target, text: string, root: string): string | undefined {
  const args = launch?.(text)?.args ?? []
  const at = args.indexOf('--root')
  const folder = at < 0 ? undefined : args[at + 1]
  return folder && path.isAbsolute(folder) && folder !== root ? folder : undefined
}

function attempt(
  { client, title, what, file, unavailable }: Target,
  work: () => Pick<PlannedStep, 'action' | 'reason' | 'command'>,
): PlannedStep {
  try {
    if (unavailable !== undefined) throw new Unusable(unavailable)
    return { client, title, what, file, ...work() }
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    return { client, title, what, file, action: 'refused', reason: error.message }
  }
}

/** The file of a target, read once for all targets. */
function fileOf(files: Map<string, PlannedFile>, root: string, target: Target): PlannedFile {
  const { file, level } = target
  const key = realPath(file)
  const known = files.get(key)
  if (known) return known
  const before = readConfig(file)
  if (level === 'project') checkInside(root, file)
  const planned: PlannedFile = { file, before, after: before ?? null }
  files.set(key, planned)
  return planned
}

function changed(files: ReadonlyMap<string, PlannedFile>): PlannedFile[] {
  return [...files.values()].filter(({ before, after }) => (before ?? null) !== after)
}

/** The path with the links of its folders resolved, as far as they exist. */
function realPath(file: string): string {
  const parent = path.dirname(file)
  try {
    return path.join(realpathSync(parent), path.basename(file))
  } catch {
    return parent === file ? file : path.join(realPath(parent), path.basename(file))
  }
}
