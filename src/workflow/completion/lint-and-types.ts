import type { RunRecord } from '../../evidence/event-parts.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import { isCode, isConfigurationFile } from '../../plan/file-role.ts'
import type { CheckKind } from '../../runner/known-checks.ts'
import { oneLine } from '../../runner/safe-text.ts'
import { takeTree } from '../../store/tree.ts'
import { judgeFindings } from '../checkout/project-findings.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import type { StartedTask } from '../guards/require-stage.ts'
import { ownChanges } from '../guards/moved.ts'
import { treeAtStart } from '../testing/snapshots.ts'
import { toolchainOf, type ProjectTool } from '../testing/toolchain.ts'
import { outputBlock } from '../testing/verdict-refusal.ts'
import { recordCheckRefusal } from './loosened-configuration.ts'

/** A linter or type checker that accepts the work. */
export interface PassedCheck {
  run: RunRecord
  /** What it found when the feature was started and still finds. */
  before: string[]
}

/** Runs the project's linter and, if code changed, its type checker. Refuses if one of them has findings that are new. */
export async function requireLintAndTypes(
  context: Context,
  started: StartedTask,
): Promise<Partial<Record<CheckKind, PassedCheck>>> {
  const { lint, types } = toolchainOf(context)
  const linted = lint && (await requireCheck(context, started, 'lint', lint))
  const typed =
    types && (await hasNewCode(context, started))
      ? await requireCheck(context, started, 'types', types)
      : undefined
  return { ...(linted && { lint: linted }), ...(typed && { types: typed }) }
}

async function hasNewCode(context: Context, { task, start }: StartedTask): Promise<boolean> {
  const before = await treeAtStart(context, task, start)
  const changes = ownChanges(context, task, before, await takeTree(context.workspace))
  return changes.some(file => isCode(file) || isConfigurationFile(file))
}

async function requireCheck(
  context: Context,
  { task }: StartedTask,
  check: CheckKind,
  { argv, evidence }: ProjectTool,
): Promise<PassedCheck> {
  const { passed, run, before, open, ending, output } = await judgeFindings(
    context,
    check,
    argv,
    task,
  )
  if (passed) return { run, before }
  await recordCheckRefusal(context, task, check, argv)
  const others =
    before.length > 0
      ? ` ${countOf(before.length, 'finding')} from before this feature ${before.length === 1 ? 'is' : 'are'} not counted.`
      : ''
  const what =
    open.length > 0
      ? `found ${countOf(open.length, 'problem')} in ${formatList(
          [...new Set(open)].map(file => oneLine(file)),
          MAX_LISTED,
        )}`
      : `failed: ${ending}`
  throw new Refusal(
    check === 'lint' ? 'lint_fails' : 'check_fails',
    `${NAMES[check]} (${argv.join(' ')}, from ${evidence}) ${what}.${others}`,
    `${task.id} was not marked. ${open.length > 0 ? 'Fix what it found' : 'Fix the cause'}, then ${context.call.frontend.describeStep('mark_complete', { task: task.id })} again. If it is not meant for this project, a human can set \`commands.${check}\` to \`false\` or another command in redgreen.config.json.`,
    outputBlock(output),
  )
}

/** Enough to start with; the output follows. */
const MAX_LISTED = 3

const NAMES = { lint: 'The linter', types: 'The type checker' } as const
