import { lastEvent } from '../../evidence/event.ts'
import { findingsIn, type Finding } from '../../runner/findings.ts'
import { isCheckConfiguration } from '../../runner/check-configuration.ts'
import type { CheckKind } from '../../runner/known-checks.ts'
import { foundNoFiles } from '../../runner/no-files.ts'
import { warningLimit } from '../../runner/warning-limit.ts'
import { rootPackage } from '../../store/package-view.ts'
import { takeTree } from '../../store/tree.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { withTransaction } from '../context/transaction.ts'
import { filesOfOthers } from '../guards/moved.ts'
import { runCommand, type CommandResult } from '../testing/project-command.ts'
import { restoreTree, snapshotAtStart } from '../testing/snapshots.ts'
import { inCheckoutIfAvailable } from './checkout.ts'
import { hasCodeToJudge } from './code-to-judge.ts'

/** A linter or type checker that has ended, and what its findings mean. */
export interface CheckResult extends CommandResult {
  /** The files of findings that were there when the feature was started. They do not count. */
  before: string[]
  /** The files of findings that count; empty if it failed for another reason. */
  open: string[]
}

/**
 * Runs the linter or the type checker of the project. It passes if each of its findings is about the plan or the server's own
 * files, about a test whose code is still to be written, or was there when the feature was started.
 */
export async function judgeFindings(
  context: Context,
  check: CheckKind,
  argv: string[],
  task?: Task,
): Promise<CheckResult> {
  const result = await runCommand(context, check, argv)
  if (result.passed || result.run.exitCode === null) return { ...result, ...NONE }
  const limit = warningLimit(argv, rootPackage(context.workspace).view)
  const found = decisive(findingsIn(result.all, context.workspace.root), limit)
  if (found.length === 0 && foundNoFiles(result.all)) return idle(context, result, task)
  if (found.length === 0) return { ...result, ...NONE }
  const isExempt = exemption(context, check, task)
  const own = found.filter(finding => !isExempt(finding))
  const { before, open } = own.length > 0 ? await split(context, check, argv, own) : NONE
  return {
    ...result,
    passed: open.length === 0,
    before: before.map(({ file }) => file),
    open: open.map(({ file }) => file),
  }
}

const NONE = { before: [], open: [] }

/** A tool that found no file to check: it fails only if there is code that it did not look at. */
async function idle(
  context: Context,
  result: CommandResult,
  task: Task | undefined,
): Promise<CheckResult> {
  const passed = !(await hasCodeToJudge(context, task))
  return { ...result, ...NONE, passed, ending: `${result.ending}, it found no file to check` }
}

/**
 * The findings that make the tool fail. Without an error these are the warnings. Beside an error, which may be an old one, warnings
 * count if there are more of them than the tool accepts.
 */
function decisive(findings: readonly Finding[], limit: number): Finding[] {
  const plain = findings.filter(({ isNote }) => !isNote)
  const errors = plain.filter(({ isWarning }) => !isWarning)
  if (plain.length === 0) return [...findings]
  return errors.length === 0 || plain.length - errors.length > limit ? plain : errors
}

/** Whether a finding is about nothing that the task can change. */
function exemption(
  context: Context,
  check: CheckKind,
  task: Task | undefined,
): (finding: Finding) => boolean {
  const { plan, ledger, pendingTests, histories } = context
  const marked = ledger.events.flatMap(event => (event.kind === 'done' ? event.marks : []))
  const own = new Set([
    ...plan.documents.map(({ path }) => path),
    ...plan.tasks.flatMap(({ markers }) => markers.map(({ path }) => path)),
    ...marked.map(({ path }) => path),
  ])
  const pending = [...pendingTests.ids.values(), ...pendingTests.files.values()]
  const inProgress = [...histories].flatMap(([id, { stage, red }]) =>
    id !== task?.id && stage === 'red' ? Object.keys(red?.files ?? {}) : [],
  )
  const unfinished = new Set([...pending.map(({ file }) => file), ...inProgress])
  const others = task ? filesOfOthers(context, task) : new Set<string>()
  return ({ file, text }) =>
    file.startsWith('.redgreen/') ||
    own.has(file) ||
    others.has(file) ||
    (unfinished.has(file) && (check === 'types' || MISSING_CODE.test(text)))
}

/** What a linter finds in a test because its code is missing. */
const MISSING_CODE =
  /unresolved|cannot find|not found|no-undef|undefined|does not exist|no exported|import\//i

/** Separates findings of the feature's start from later ones. A file that is gone may have been renamed. */
async function split(
  context: Context,
  check: CheckKind,
  argv: string[],
  found: readonly Finding[],
): Promise<{ before: Finding[]; open: Finding[] }> {
  const known = await findingsAtStart(context, check, argv, found)
  const counts = new Map<string, number>()
  const add = (key: string, count: number) => counts.set(key, (counts.get(key) ?? 0) + count)
  for (const { file, text } of known) {
    add(keyOf(file, text), 1)
    if (!context.reader.exists(file)) add(keyOf('', text), 1)
  }
  const wasThere = ({ file, text }: Finding) => {
    const key = [keyOf(file, text), keyOf('', text)].find(key => (counts.get(key) ?? 0) > 0)
    if (key !== undefined) add(key, -1)
    return key !== undefined
  }
  const before: Finding[] = []
  const open: Finding[] = []
  for (const finding of found) (wasThere(finding) ? before : open).push(finding)
  return { before, open }
}

function keyOf(file: string, text: string): string {
  return `${file}\n${text}`
}

type KnownFinding = Pick<Finding, 'file' | 'text'>

/** What the command finds in the files of the feature's start: as recorded, or from a run in a checkout. */
async function findingsAtStart(
  context: Context,
  check: CheckKind,
  argv: string[],
  found: readonly Finding[],
): Promise<KnownFinding[]> {
  const recorded = lastEvent(
    context.ledger.events,
    'findings',
    event => event.judge === check && event.command.join('\n') === argv.join('\n'),
  )
  if (recorded) return recorded.findings
  const start = snapshotAtStart(context.ledger.events)
  const unchanged = () => (check === 'lint' ? inUnchangedFiles(context, found) : [])
  if (!start) return unchanged()
  context.call.note(`running ${argv.join(' ')} on the sources from before the feature`)
  const result = await inCheckoutIfAvailable(
    context,
    start,
    isCheckConfiguration,
    async ({ root }) => {
      const { all, run, passed } = await runCommand(context, check, argv, root)
      const findings = findingsIn(all, root)
      // A tool that did not get as far as its findings there says nothing about what was there.
      return passed || findings.length > 0 || foundNoFiles(all) ? { run, findings } : undefined
    },
  )
  if (!result) return unchanged()
  const findings = result.findings.map(({ file, text }) => ({ file, text }))
  await withTransaction(context.call, context =>
    record(context, {
      kind: 'findings',
      judge: check,
      command: argv,
      settings: context.settings.hash,
      ...start,
      run: result.run,
      findings,
    }),
  )
  return findings
}

/** Without git: a linter looks at each file alone, so what it finds in an unchanged file was there before. */
async function inUnchangedFiles(
  context: Context,
  found: readonly Finding[],
): Promise<KnownFinding[]> {
  const first = context.ledger.events.find(event => event.kind === 'start')
  const before = first?.kind === 'start' && (await restoreTree(context, first))
  const now = await takeTree(context.workspace)
  return found.filter(({ file }) => before && before.files[file] === (now.files[file] ?? ''))
}
