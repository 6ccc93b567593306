import type { Phase } from '../../plan/plan.ts'
import { scriptOf } from '../../runner/manifest.ts'
import { findStart } from '../../runner/start-command.ts'
import { plannedApplication } from '../../store/planned-application.ts'
import { rootPackage } from '../../store/package-view.ts'
import type { Context } from '../context/context.ts'
import { changedFiles } from '../context/finished-work.ts'
import { toolchainOf } from '../testing/toolchain.ts'
import { workOf } from '../context/finished-work.ts'

/** How a person looks at a finished phase: what changed in it, and the commands that show it, a line each. */
export function phaseReview(context: Context, phase: Phase): string[] {
  const changed = changedIn(context, phase)
  const tests = testCommand(context)
  const start = startCommand(context)
  return [
    ...(changed === '' ? [] : [`Changed in this phase: ${changed}`]),
    ...(tests === undefined ? [] : [`Its tests: ${tests}`]),
    ...(start === undefined ? [] : [`The application: ${start}`]),
  ]
}

function changedIn(context: Context, { tasks }: Phase): string {
  const works = tasks.flatMap(id => {
    const task = context.tasks.get(id)
    return task && context.histories.get(id)?.done ? [{ work: workOf(context, task) }] : []
  })
  const files = changedFiles(works).filter(file => !isBookkeeping(context, file))
  const more = files.length - MOST
  return files.slice(0, MOST).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

const MOST = 6

/** Registry, plan and metadata of the workflow change with every task, and are nothing to look at. */
function isBookkeeping({ plan: { feature } }: Context, file: string): boolean {
  const parts = feature.dir.split('/')
  const folder = parts.length > 2 ? (parts[0] ?? '') : feature.dir
  return file.startsWith(`${folder}/`)
}

/** The words that a person types; ours carry a report format that says nothing to them. */
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
  // The settings say that there is nothing to start.
  if (application === false) return undefined
  const found = findStart(rootPackage(workspace).view, file => reader.read(file))?.argv
  const words = [application?.start?.command || found || ''].flat().join(' ')
  return words === '' ? undefined : `\`${words}\``
}
