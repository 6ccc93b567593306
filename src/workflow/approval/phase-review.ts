import { formatList } from '../../plan/format-list.ts'
import type { Phase } from '../../plan/plan.ts'
import { scriptOf } from '../../runner/manifest.ts'
import { findStart } from '../../runner/start-command.ts'
import { plannedApplication } from '../../store/planned-application.ts'
import { rootPackage } from '../../store/package-view.ts'
import type { Context } from '../context/context.ts'
import { changedFiles, workOf } from '../context/finished-work.ts'
import { toolchainOf } from '../testing/toolchain.ts'

/** What helps a human to check a finished phase: the changed files and the commands to run, one per line. */
export function phaseReview(context: Context, phase: Phase): string[] {
  const changed = changedIn(context, phase)
  const tests = testCommand(context)
  const start = startCommand(context)
  return [
    ...(changed === '' ? [] : [`Changed in this phase: ${changed}`]),
    ...(tests === undefined ? [] : [`Run the tests: ${tests}`]),
    ...(start === undefined ? [] : [`Start the application: ${start}`]),
  ]
}

function changedIn(context: Context, { tasks }: Phase): string {
  const works = tasks.flatMap(id => {
    const task = context.tasks.get(id)
    return task && context.histories.get(id)?.done ? [{ work: workOf(context, task) }] : []
  })
  const files = changedFiles(works).filter(file => !isWorkflowFile(context, file))
  return formatList(files, MAX_FILES)
}

const MAX_FILES = 6

/** The workflow's registry, plan and metadata change with every task, so a human does not have to check them. */
function isWorkflowFile({ plan: { feature } }: Context, file: string): boolean {
  const parts = feature.dir.split('/')
  const folder = parts.length > 2 ? (parts[0] ?? '') : feature.dir
  return file.startsWith(`${folder}/`)
}

/** The command as a human types it: without the report options that the server adds. */
function testCommand(context: Context): string | undefined {
  const { tests } = context.settings.commands
  if (tests && 'all' in tests && tests.all) return `\`${tests.all.join(' ')}\``
  if (scriptOf(rootPackage(context.workspace).view, 'test') !== undefined) return '`npm test`'
  const found = toolchainOf(context).tests
  return found ? `all of them, with ${found.framework}` : undefined
}

function startCommand({ settings, workspace, dialect, reader, plan }: Context): string | undefined {
  const planned = dialect.production?.(reader, plan).application
  const application = plannedApplication(settings.validation, planned)
  // `false` in the settings: the project has no application.
  if (application === false) return undefined
  const found = findStart(rootPackage(workspace).view, file => reader.read(file))?.argv
  const command = [application?.start?.command || found || ''].flat().join(' ')
  return command === '' ? undefined : `\`${command}\``
}
