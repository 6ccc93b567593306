import type { Phase } from '../../plan/plan.ts'
import { scriptOf } from '../../runner/manifest.ts'
import { findStart } from '../../runner/start-command.ts'
import { plannedApplication } from '../../store/planned-application.ts'
import { rootPackage } from '../../store/package-view.ts'
import type { Desk } from '../context/context.ts'
import { filesIn } from '../context/finished-work.ts'
import { toolchainOf } from '../testing/toolchain.ts'
import { workOf } from '../context/finished-work.ts'

/** How a person looks at a finished phase: what changed in it, and the commands that show it, a line each. */
export function lookAt(desk: Desk, phase: Phase): string[] {
  const changed = changedIn(desk, phase)
  const tests = testCommand(desk)
  const start = startCommand(desk)
  return [
    ...(changed === '' ? [] : [`Changed in this phase: ${changed}`]),
    ...(tests === undefined ? [] : [`Its tests: ${tests}`]),
    ...(start === undefined ? [] : [`The application: ${start}`]),
  ]
}

function changedIn(desk: Desk, { tasks }: Phase): string {
  const works = tasks.flatMap(id => {
    const task = desk.tasks.get(id)
    return task && desk.histories.get(id)?.done ? [{ work: workOf(desk, task) }] : []
  })
  const files = filesIn(works).filter(file => !isBookkeeping(desk, file))
  const more = files.length - MOST
  return files.slice(0, MOST).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

const MOST = 6

/** Registry, plan and metadata of the workflow change with every task, and are nothing to look at. */
function isBookkeeping({ plan: { feature } }: Desk, file: string): boolean {
  const parts = feature.dir.split('/')
  const folder = parts.length > 2 ? (parts[0] ?? '') : feature.dir
  return file.startsWith(`${folder}/`)
}

/** The words that a person types; ours carry a report format that says nothing to them. */
function testCommand(desk: Desk): string | undefined {
  const { tests } = desk.settings.commands
  if (tests && 'all' in tests && tests.all) return `\`${tests.all.join(' ')}\``
  if (scriptOf(rootPackage(desk.workspace).view, 'test') !== undefined) return '`npm test`'
  const found = toolchainOf(desk).tests
  return found ? `all of them, with ${found.framework}` : undefined
}

function startCommand({ settings, workspace, dialect, shelf, plan }: Desk): string | undefined {
  const planned = dialect.production?.(shelf, plan).application
  const application = plannedApplication(settings.validation, planned)
  // The settings say that there is nothing to start.
  if (application === false) return undefined
  const found = findStart(rootPackage(workspace).view, file => shelf.read(file))?.argv
  const words = [application?.start?.command || found || ''].flat().join(' ')
  return words === '' ? undefined : `\`${words}\``
}
