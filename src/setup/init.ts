import path from 'node:path'
import { formatList } from '../plan/format-list.ts'
import { workspaceReader } from '../store/workspace-reader.ts'
import { diagnose } from '../workflow/diagnosis/index.ts'
import type { DiagnosisResult } from '../workflow/diagnosis/result.ts'
import type { Call } from '../workflow/context/call.ts'
import { callWorkspace } from '../workflow/context/call-workspace.ts'
import { loadContext } from '../workflow/context/load-context.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { filesWithoutTasks, offeredFiles } from '../workflow/context/plans-elsewhere.ts'
import { refuseNoProject } from '../workflow/context/project-folder.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { waitsForApproval } from '../workflow/guards/readiness.ts'
import { applyPlan } from './apply.ts'
import { planExample } from './example/plan-example.ts'
import { withPlan } from './example/planned-results.ts'
import { mergeNote, mergeTargets } from './merging/index.ts'
import { planRemoval, planSetup, type PlannedStep, type SetupPlan } from './plan.ts'
import { planFile } from './plan-file.ts'
import { formatPlan } from './report.ts'
import { currentSurroundings } from './surroundings.ts'
import { writtenEntries } from './settings-entry.ts'
import { testCommandTarget } from './test-command.ts'
import { hookTarget, serverTarget, type Surroundings, type Target } from './targets.ts'
import { type InitRequest, withFound, askOpenQuestions } from './open-questions.ts'

export interface InitResult {
  root: string
  found: DiagnosisResult[]
  steps: PlannedStep[]
  written: string[]
  refused: boolean
  text: string
}

/** Sets up a project: finds out what is there, asks what is open, shows the difference, and writes it. */
export async function init(call: Call, request: InitRequest): Promise<InitResult> {
  const { workspace } = callWorkspace(call)
  const { root } = workspace
  refuseNoProject(root)
  const surroundings = currentSurroundings(root)
  const plan = request.plan === undefined ? undefined : await planFile(call, request.plan)
  const there = (await diagnose(call)).filter(({ name }) => SHOWN.has(name))
  const found = withPlan(there, root, {
    example: request.remove ? undefined : request.example,
    named: request.plan,
    offered: offeredFiles(workspaceReader(workspace, new Map())),
    withoutTasks: filesWithoutTasks(workspaceReader(workspace, new Map())),
  })
  const answers = request.interactive
    ? await askOpenQuestions(request, surroundings, found)
    : withFound(request, surroundings)
  const { example: chosen, remove } = answers
  const merging = { reader: workspaceReader(workspace, new Map()), example: chosen, remove }
  const targets = [
    ...targetsOf(answers, surroundings),
    ...settingsTargets(answers, root),
    ...(answers.remove ? [] : (plan?.targets ?? [])),
    ...mergeTargets(root, surroundings.installation, { ...merging, named: plan?.file }),
  ]
  const setup = answers.remove ? planRemoval(root, targets) : planSetup(root, targets)
  const example =
    answers.example === undefined ? [] : planExample(root, answers.example, frameworkIn(there))
  const all = { steps: setup.steps, files: [...example, ...setup.files] }
  const isWritten = await isAgreed(answers, all, root)
  const steps = isWritten ? applyPlan(all, targets, root) : all.steps
  const written = isWritten ? writtenFiles(all, steps) : []
  const isExampleWaiting = isWritten && answers.example !== undefined && (await isPlanWaiting(call))
  const text = formatPlan({
    root,
    found: request.interactive ? [] : found,
    plan: { ...all, steps },
    remove: answers.remove,
    mode: request.dryRun ? 'dry' : isWritten ? 'written' : 'declined',
    notes: remove
      ? [userEntriesNote(answers, surroundings, setup)]
      : [plan?.note, mergeNote(root, surroundings.installation)],
    needsApproval: isExampleWaiting,
  })
  const refused = steps.some(({ action }) => action === 'refused')
  return { root, found, steps, written, refused, text }
}

/**
 * Does the plan wait for a human? What is refused here, such as a choice between several plans, is not an error of the setup: its files are
 * written, and the result says which.
 */
async function isPlanWaiting(call: Call): Promise<boolean> {
  try {
    return await mapErrors(call, async () => waitsForApproval(await loadContext(call)))
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** The checks of the diagnosis that say what the project consists of. */
const SHOWN = new Set(['git', 'repository', 'plans', 'feature', 'tests', 'types', 'lint'])

function settingsTargets({ testCommand, remove }: InitRequest, root: string): Target[] {
  if (remove) return writtenEntries(root)
  return testCommand === undefined ? [] : [testCommandTarget(root, testCommand)]
}

function targetsOf(
  { clients: chosen, level, hooks, remove }: InitRequest,
  surroundings: Surroundings,
): Target[] {
  return chosen.flatMap(client => {
    const server = serverTarget(client, level, surroundings)
    const hook = hooks || remove ? hookTarget(client, level, surroundings) : undefined
    return hook ? [server, hook] : [server]
  })
}

/** The entries that stay, because they are for all projects of the user. */
function userEntriesNote(
  request: InitRequest,
  surroundings: Surroundings,
  { steps }: SetupPlan,
): string | undefined {
  const ofUser = targetsOf({ ...request, level: 'user' }, surroundings)
  const removed = new Set(steps.map(({ file }) => file))
  const left = planRemoval(surroundings.root, ofUser).steps.filter(
    ({ action, file }) => action === 'remove' && !removed.has(file),
  )
  if (left.length === 0) return undefined
  const names = [...new Set(left.map(({ title, file }) => `${title} (${file})`))]
  return `For all projects, the server stays in ${formatList(names)}. Remove it there with \`redgreen init --remove --user\`.`
}

/** Is anything to be written, and may it be? At a terminal the user sees the difference first. */
async function isAgreed(
  { dryRun, interactive, remove }: InitRequest,
  plan: SetupPlan,
  root: string,
): Promise<boolean> {
  if (dryRun) return false
  const isNothing = plan.files.length === 0 && plan.steps.every(({ action }) => action !== 'run')
  if (!interactive || isNothing) return true
  const { prompts } = await import('./prompts.ts')
  prompts.show(formatPlan({ root, found: [], plan, remove, mode: 'dry' }))
  return prompts.agree('Write these changes?')
}

function frameworkIn(found: readonly DiagnosisResult[]): string | undefined {
  const tests = found.find(({ name, ok }) => name === 'tests' && ok)
  return tests && /^[\w:-]+/.exec(tests.found)?.[0]
}

function writtenFiles({ files }: SetupPlan, steps: readonly PlannedStep[]): string[] {
  const failed = new Set(steps.flatMap(step => (step.action === 'refused' ? [step.file] : [])))
  return files.map(({ file }) => path.resolve(file)).filter(file => !failed.has(file))
}
