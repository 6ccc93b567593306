import { existsSync } from 'node:fs'
import path from 'node:path'
import { execaSync } from 'execa'
import { removeEmptyFolder } from '../store/disk.ts'
import { recordChanges, recordedChanges } from './records.ts'
import { readConfig, writeConfig } from './config-file.ts'
import type { PlannedFile, PlannedStep, SetupPlan } from './plan.ts'
import type { Target } from './targets.ts'
import { changeBetween } from './text/undo.ts'
import { Unusable } from './text/unusable.ts'

/** Carries out a plan. Returns its steps; those that could not be done are refused now. */
export function applyPlan(
  { steps, files }: SetupPlan,
  targets: readonly Target[],
  root: string,
): PlannedStep[] {
  const left = createdFolders(files)
  const failed = new Map(files.map(file => [file.file, writeFailure(file)]))
  left.forEach(removeEmptyFolder)
  return steps.map((step, index) => {
    const target = targets[index]
    if (step.action === 'run' && target) return runOwn(step, target, root)
    const reason = failed.get(step.file)
    const isDone = !['add', 'update', 'remove'].includes(step.action)
    return isDone || reason === undefined ? step : { ...step, action: 'refused', reason }
  })
}

/** Writes a file and records the change; the reason if it could not be written. */
function writeFailure({ file, before, after, left }: PlannedFile): string | undefined {
  const folders = before === undefined ? missingFolders(path.dirname(file)) : []
  try {
    writeConfig(file, before, after)
    const change = { ...changeBetween(before, after ?? ''), folders }
    recordChanges(file, left ?? [...recordedChanges(file), change])
    return undefined
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    return error.message
  }
}

/** The folders that earlier set-ups created for the files that are removed now, inner ones first. */
function createdFolders(files: readonly PlannedFile[]): string[] {
  const removed = files.filter(({ after }) => after === null)
  const folders = removed.flatMap(({ file }) =>
    recordedChanges(file).flatMap(change => change.folders ?? []),
  )
  return [...new Set(folders)].sort((one, other) => other.length - one.length)
}

/** The folders that have to be created, from this one upwards. */
function missingFolders(folder: string): string[] {
  const above = path.dirname(folder)
  return existsSync(folder) || above === folder ? [] : [folder, ...missingFolders(above)]
}

/** Runs the client's own command. An entry that exists is removed first, because clients refuse to add it again. */
function runOwn(step: PlannedStep, target: Target, root: string): PlannedStep {
  const [program = '', ...args] = step.command ?? []
  const isAdding = args.join('\n') === target.own?.add.join('\n')
  if (isAdding && target.own?.remove && target.has(readConfig(target.file) ?? '')) {
    execaSync(program, target.own.remove, { cwd: root, reject: false })
  }
  const { failed, stderr, shortMessage } = execaSync(program, args, {
    cwd: root,
    reject: false,
    stdin: 'ignore',
    timeout: TIMEOUT_MS,
  })
  if (!failed) return step
  const [line = ''] = (stderr.trim() || shortMessage || '').split('\n')
  return { ...step, action: 'refused', reason: `${program} failed: ${line}` }
}

const TIMEOUT_MS = 60_000
