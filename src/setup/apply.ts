import { execaSync } from 'execa'
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
  const failed = new Map(files.map(file => [file.file, writeFailure(file)]))
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
  try {
    writeConfig(file, before, after)
    recordChanges(file, left ?? [...recordedChanges(file), changeBetween(before, after ?? '')])
    return undefined
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    return error.message
  }
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
    timeout: LONGEST_MS,
  })
  if (!failed) return step
  const [line = ''] = (stderr.trim() || shortMessage || '').split('\n')
  return { ...step, action: 'refused', reason: `${program} failed: ${line}` }
}

const LONGEST_MS = 60_000
