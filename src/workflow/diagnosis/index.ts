import process from 'node:process'
import { dialects } from '../../dialects/index.ts'
import { currentLock } from '../../store/lock.ts'
import { readSettings } from '../../store/settings.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import { workspaceReader } from '../../store/workspace-reader.ts'
import { readTables } from '../../store/workflow-database.ts'
import { ledgers, broughtFiles } from './ledgers.ts'
import { repository } from './repository.ts'
import { attempt, type DiagnosisResult, type Location } from './result.ts'
import { checkSharedStore } from './shared-store-check.ts'
import type { Call } from '../context/call.ts'
import { callWorkspace } from '../context/call-workspace.ts'
import type { Context } from '../context/context.ts'
import { loadContext } from '../context/load-context.ts'
import { otherRepositories, otherRepositoryText } from '../context/other-repositories.ts'
import { installHint } from '../testing/install-hint.ts'
import type { ProjectContext } from '../testing/package-runner.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import { toolchainOf } from '../testing/toolchain.ts'
import { countOf } from '../../plan/format-list.ts'

/** Checks what the server finds in a workspace and what it cannot work with. It only writes lines that a crash left out of a ledger. */
export async function diagnose(call: Call): Promise<DiagnosisResult[]> {
  const location = callWorkspace(call)
  return [
    node(),
    ...(await repository(location)),
    { name: 'workspace', ok: true, found: location.workspace.root },
    ...(await plans(call, location)),
    ...(await tools(call, location)),
    ...(await checkSharedStore(call, location)),
    ...(await ledgers(location)),
    ...(await broughtFiles(location)),
    lock(location),
  ]
}

function node(): DiagnosisResult {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > 20 || (major === 20 && minor >= 19)
  const found = `Node ${process.versions.node}`
  return ok
    ? { name: 'node', ok, found }
    : { name: 'node', ok, found, remedy: 'Install Node 20.19 or later.' }
}

/** The plans that each dialect finds, and the problems of the active one. */
async function plans(call: Call, { workspace }: Location): Promise<DiagnosisResult[]> {
  const reader = workspaceReader(workspace, await readTables(workspace))
  const detected = dialects.flatMap(dialect => {
    const evidence = dialect.detect(reader)
    if (evidence === undefined) return []
    const ids = dialect.features(reader).map(({ id }) => id)
    const found = `${dialect.name}, because ${evidence}: ${ids.join(', ') || 'no feature yet'}`
    return [{ name: 'plans', ok: true, found }]
  })
  return [
    ...detected,
    ...(await attempt('feature', call, async () => activeFeature(await loadContext(call)))),
  ]
}

function activeFeature({
  evidence,
  workspace,
  plan: { feature, tasks, problems },
}: Context): DiagnosisResult[] {
  const found = `${feature.id}, ${countOf(tasks.length, 'task')}: ${evidence}`
  const repositories = otherRepositories({ workspace })
  return [
    { name: 'feature', ok: true, found },
    ...tasks.flatMap(task => {
      const folder = repositories.of(task)
      if (folder === undefined) return []
      const text = otherRepositoryText(workspace.root, folder)
      return [{ name: 'plan', ok: false, found: `${task.id}: ${text}` }]
    }),
    ...problems.map(({ path, line, text }) => ({
      name: 'plan',
      ok: false,
      found: `${path}:${line} ${text}`,
      remedy: 'Correct it there.',
    })),
  ]
}

function tools(call: Call, { workspace }: Location): Promise<DiagnosisResult[]> {
  return attempt('settings', call, async () => {
    const settings = readSettings(workspace)
    const reader = workspaceReader(workspace, await readTables(workspace))
    const project = { workspace, settings, reader }
    const { tests, missing, ...others } = toolchainOf(project)
    return [
      { name: 'settings', ok: true, found: settings.hash === 'none' ? 'none' : SETTINGS_FILE },
      await testRunnerOf(project),
      ...(['types', 'lint'] as const).map(name => {
        const tool = others[name]
        const found = tool
          ? `${tool.argv.join(' ')}, from ${tool.evidence}`
          : 'none, and none is needed'
        return { name, ok: true, found }
      }),
      ...missing
        .filter(name => name !== tests?.framework)
        .map(name => ({
          name: 'missing',
          ok: false,
          found: `${name} is configured but not installed`,
          remedy: "Install the project's dependencies.",
        })),
    ]
  })
}

async function testRunnerOf(project: ProjectContext): Promise<DiagnosisResult> {
  const testRunner = findTestRunner(project)
  if (!testRunner) {
    const remedy =
      'record_red also detects it from the test file. To choose one, add it to the project, or set commands.tests in redgreen.config.json.'
    return { name: 'tests', ok: false, found: 'no test runner was found', remedy }
  }
  const found = `${testRunner.framework.name}, from ${testRunner.evidence}`
  const remedy = await installHint(project, testRunner)
  return remedy === undefined
    ? { name: 'tests', ok: true, found }
    : { name: 'tests', ok: false, found: `${found}, is not installed`, remedy }
}

function lock({ state }: Location): DiagnosisResult {
  const left = currentLock(state)
  if (!left) return { name: 'lock', ok: true, found: 'free' }
  if (!left.isStale)
    return { name: 'lock', ok: true, found: 'held by another process at the moment' }
  const found = `left at ${left.since} by a process that no longer runs; the next call takes it over`
  return { name: 'lock', ok: true, found }
}
