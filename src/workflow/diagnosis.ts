import process from 'node:process'
import { dialects } from '../dialects/index.ts'
import { featuresRecorded, readLedger } from '../store/ledger.ts'
import { bareRepositoryAround } from '../store/git-folder.ts'
import { git, runGit, type GitFailure } from '../store/git.ts'
import { currentLock } from '../store/lock.ts'
import { readSettings } from '../store/settings.ts'
import { SETTINGS_FILE } from '../plan/settings-file.ts'
import { workspaceReader } from '../store/workspace-reader.ts'
import { hasSnapshots } from '../store/snapshot-references.ts'
import { readTables } from '../store/workflow-database.ts'
import { toSlashes } from '../store/workspace.ts'
import path from 'node:path'
import type { Call } from './context/call.ts'
import { loadContext, callWorkspace, type Context } from './context/context.ts'
import { Refusal } from './context/refusal.ts'
import { mapErrors } from './context/error-mapping.ts'
import { otherRepositories, otherRepositoryText } from './context/other-repositories.ts'
import { foreignFiles } from './context/problems.ts'
import { toolchainOf } from './testing/toolchain.ts'
import { countOf } from '../plan/format-list.ts'

/** The result of one check of the diagnosis. */
export interface DiagnosisResult {
  name: string
  ok: boolean
  /** What was found, as a phrase. */
  found: string
  /** What a human can do about a problem. */
  remedy?: string
}

type Location = Pick<Context, 'workspace' | 'state'>

/** Checks what the server finds in a workspace and what it cannot work with. It only writes lines that a crash left out of a ledger. */
export async function diagnose(call: Call): Promise<DiagnosisResult[]> {
  const location = callWorkspace(call)
  return [
    node(),
    ...(await repository(location)),
    { name: 'workspace', ok: true, found: location.workspace.root },
    ...(await plans(call, location)),
    ...(await tools(call, location)),
    ...(await evidence(location)),
    ...(await local(location)),
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

async function repository({ workspace }: Location): Promise<DiagnosisResult[]> {
  const version = await git(workspace, ['--version'])
  if (version === undefined) {
    const remedy = 'Install git. Without it the server cannot store snapshots to run tests against.'
    return [{ name: 'git', ok: false, found: 'git was not found', remedy }]
  }
  const installed = { name: 'git', ok: true, found: version.trim() }
  const bare = bareRepositoryAround(workspace.root)
  if (bare !== undefined) return [installed, unused(bare)]
  const asked = await runGit(workspace, ['rev-parse', '--git-dir'])
  if ('out' in asked) return [installed]
  if (/dubious ownership|safe\.directory/.test(asked.messages)) return [installed, untrusted(asked)]
  const found = 'the workspace is not a git repository, so the server cannot store snapshots'
  return [installed, { name: 'repository', ok: false, found, remedy: 'Run `git init`.' }]
}

function unused(bare: string): DiagnosisResult {
  return {
    name: 'repository',
    ok: false,
    found: `git would use ${bare} as a bare repository, whose configuration can start programs, so the server does not use git here`,
    remedy: 'Remove HEAD, objects and refs from that folder if you do not know what they are for.',
  }
}

/** Git refuses to read a repository of another user, for example in a container or on a mounted disk. */
function untrusted({ messages }: GitFailure): DiagnosisResult {
  const folder = /--add safe\.directory ('?.+'?)$/m.exec(messages)?.[1] ?? "'*'"
  return {
    name: 'repository',
    ok: false,
    found: 'git does not trust this repository, because its folder belongs to another user',
    remedy: `If you trust it, run \`git config --global --add safe.directory ${folder}\`, or change the owner of the folder.`,
  }
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
    const { tests, missing, ...others } = toolchainOf({ workspace, settings, reader })
    const remedy = 'Install one that the server knows, or name it in redgreen.config.json.'
    return [
      { name: 'settings', ok: true, found: settings.hash === 'none' ? 'none' : SETTINGS_FILE },
      tests
        ? { name: 'tests', ok: true, found: `${tests.framework}, from ${tests.evidence}` }
        : { name: 'tests', ok: false, found: 'no test runner was found', remedy },
      ...(['types', 'lint'] as const).map(name => {
        const tool = others[name]
        const found = tool
          ? `${tool.argv.join(' ')}, from ${tool.evidence}`
          : 'none, and none is needed'
        return { name, ok: true, found }
      }),
      ...missing.map(name => ({
        name: 'missing',
        ok: false,
        found: `${name} is configured but not installed`,
        remedy: "Install the project's dependencies.",
      })),
    ]
  })
}

async function evidence({ workspace, state }: Location): Promise<DiagnosisResult[]> {
  const checks: DiagnosisResult[] = []
  for (const feature of featuresRecorded(state)) {
    const { events, damage, unmarked } = readLedger(state, feature)
    const snapshots = (await hasSnapshots(workspace, feature))
      ? 'in this clone'
      : 'not in this clone'
    const found = `${feature}: ${countOf(events.length, 'event')}, all valid; their snapshots are ${snapshots}`
    checks.push({ name: 'ledger', ok: true, found })
    for (const { path: file, line, text } of damage) {
      const place = toSlashes(path.relative(workspace.root, file))
      const remedy = `Compare the file with git and restore it: git checkout -- ${place}`
      checks.push({ name: 'ledger', ok: false, found: `${place}:${line} ${text}`, remedy })
    }
    for (const { marks } of unmarked) {
      const what = marks === undefined ? 'lines of the ledger are' : `the mark of ${marks} is`
      const pending = `${what} not written yet; the next call does it`
      checks.push({ name: 'marks', ok: true, found: pending })
    }
  }
  return checks.length > 0 ? checks : [{ name: 'ledger', ok: true, found: 'nothing recorded yet' }]
}

async function local(location: Location): Promise<DiagnosisResult[]> {
  const problems = await foreignFiles(location)
  return problems.map(({ path: file, text }) => ({
    name: 'local',
    ok: false,
    found: `${file}: ${text}`,
  }))
}

function lock({ state }: Location): DiagnosisResult {
  const left = currentLock(state)
  if (!left) return { name: 'lock', ok: true, found: 'free' }
  if (!left.isStale)
    return { name: 'lock', ok: true, found: 'held by another process at the moment' }
  const found = `left at ${left.since} by a process that no longer runs; the next call takes it over`
  return { name: 'lock', ok: true, found }
}

/** Runs a check. If it is refused, the refusal is the result. */
async function attempt(
  name: string,
  call: Call,
  check: () => Promise<DiagnosisResult[]>,
): Promise<DiagnosisResult[]> {
  try {
    return await mapErrors(call, check)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Several features are not a problem.
    return [{ name, ok: error.code === 'ambiguous_feature', found: error.message }]
  }
}
