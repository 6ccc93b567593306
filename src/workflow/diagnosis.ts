import process from 'node:process'
import { dialects } from '../dialects/index.ts'
import { featuresRecorded, readLedger } from '../store/ledger.ts'
import { git } from '../store/git.ts'
import { leftLock } from '../store/lock.ts'
import { readSettings, SETTINGS_FILE } from '../store/settings.ts'
import { workspaceReader } from '../store/workspace-reader.ts'
import { hasSnapshots } from '../store/snapshot-references.ts'
import { readTables } from '../store/workflow-database.ts'
import { toSlashes } from '../store/workspace.ts'
import path from 'node:path'
import type { Call } from './context/call.ts'
import { loadContext, callWorkspace, type Context } from './context/context.ts'
import { Refusal } from './context/refusal.ts'
import { mapErrors } from './context/error-mapping.ts'
import { toolchainOf } from './testing/toolchain.ts'

/** One thing that was looked at. */
export interface DiagnosisResult {
  name: string
  ok: boolean
  /** What was found, as a phrase. */
  said: string
  /** What a person can do about it. */
  remedy?: string
}

type Place = Pick<Context, 'workspace' | 'state'>

/** What the server finds in a workspace, and what of it is in its way. Writes nothing but lines that a crash left out of a ledger. */
export async function diagnose(call: Call): Promise<DiagnosisResult[]> {
  const place = callWorkspace(call)
  return [
    node(),
    ...(await repository(place)),
    { name: 'workspace', ok: true, said: place.workspace.root },
    ...(await plans(call, place)),
    ...(await tools(call, place)),
    ...(await evidence(place)),
    lock(place),
  ]
}

function node(): DiagnosisResult {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > 20 || (major === 20 && minor >= 19)
  const said = `Node ${process.versions.node}`
  return ok
    ? { name: 'node', ok, said }
    : { name: 'node', ok, said, remedy: 'Install Node 20.19 or later.' }
}

async function repository({ workspace }: Place): Promise<DiagnosisResult[]> {
  const version = await git(workspace, ['--version'])
  if (version === undefined) {
    const remedy = 'Install git: without it no files are kept to see tests fail on.'
    return [{ name: 'git', ok: false, said: 'git was not found', remedy }]
  }
  const found = { name: 'git', ok: true, said: version.trim() }
  if ((await git(workspace, ['rev-parse', '--git-dir'])) !== undefined) return [found]
  const said = 'the workspace is no git repository, so no files are kept with the evidence'
  return [found, { name: 'repository', ok: false, said, remedy: 'Run `git init`.' }]
}

/** Which dialects speak here, and what is the matter with the plan that is active. */
async function plans(call: Call, { workspace }: Place): Promise<DiagnosisResult[]> {
  const reader = workspaceReader(workspace, await readTables(workspace))
  const spoken = dialects.flatMap(dialect => {
    const found = dialect.detect(reader)
    if (found === undefined) return []
    const ids = dialect.features(reader).map(({ id }) => id)
    const said = `${dialect.name}, because ${found}: ${ids.join(', ') || 'no feature yet'}`
    return [{ name: 'plans', ok: true, said }]
  })
  return [
    ...spoken,
    ...(await attempt('feature', call, async () => active(await loadContext(call)))),
  ]
}

function active({ evidence, plan: { feature, tasks, problems } }: Context): DiagnosisResult[] {
  const said = `${feature.id}, ${tasks.length} tasks: ${evidence}`
  return [
    { name: 'feature', ok: true, said },
    ...problems.map(({ path, line, text }) => ({
      name: 'plan',
      ok: false,
      said: `${path}:${line} ${text}`,
      remedy: 'A person has to mend it there.',
    })),
  ]
}

function tools(call: Call, { workspace }: Place): Promise<DiagnosisResult[]> {
  return attempt('settings', call, async () => {
    const settings = readSettings(workspace)
    const reader = workspaceReader(workspace, await readTables(workspace))
    const { tests, missing, ...others } = toolchainOf({ workspace, settings, reader })
    const none = 'Install one that the server knows, or name it in redgreen.config.json.'
    return [
      { name: 'settings', ok: true, said: settings.hash === 'none' ? 'none' : SETTINGS_FILE },
      tests
        ? { name: 'tests', ok: true, said: `${tests.framework}, from ${tests.evidence}` }
        : { name: 'tests', ok: false, said: 'no test runner was found', remedy: none },
      ...(['types', 'lint'] as const).map(name => {
        const tool = others[name]
        const said = tool ? `${tool.argv.join(' ')}, from ${tool.evidence}` : 'none was found'
        return { name, ok: true, said }
      }),
      ...missing.map(name => ({
        name: 'missing',
        ok: false,
        said: `${name} is configured, and not installed`,
        remedy: "Install the project's dependencies.",
      })),
    ]
  })
}

async function evidence({ workspace, state }: Place): Promise<DiagnosisResult[]> {
  const checks: DiagnosisResult[] = []
  for (const feature of featuresRecorded(state)) {
    const { events, damage, unmarked } = readLedger(state, feature)
    const kept = (await hasSnapshots(workspace, feature)) ? 'kept' : 'not kept in this clone'
    const said = `${feature}: ${events.length} events hold, files of their runs are ${kept}`
    checks.push({ name: 'ledger', ok: true, said })
    for (const { path: file, line, text } of damage) {
      const place = toSlashes(path.relative(workspace.root, file))
      const remedy = `Look at what git says of it, and restore it: git checkout -- ${place}`
      checks.push({ name: 'ledger', ok: false, said: `${place}:${line} ${text}`, remedy })
    }
    for (const { marks } of unmarked) {
      const what = marks === undefined ? 'lines of the ledger are' : `the mark of ${marks} is`
      const left = `${what} still to be written; the next call does it`
      checks.push({ name: 'marks', ok: true, said: left })
    }
  }
  return checks.length > 0 ? checks : [{ name: 'ledger', ok: true, said: 'nothing recorded yet' }]
}

function lock({ state }: Place): DiagnosisResult {
  const left = leftLock(state)
  if (!left) return { name: 'lock', ok: true, said: 'free' }
  if (!left.isLeft) return { name: 'lock', ok: true, said: 'held by another process right now' }
  const said = `left at ${left.since} by a process that is gone; the next call takes it over`
  return { name: 'lock', ok: true, said }
}

/** What refuses to be looked at is what is wrong. */
async function attempt(
  name: string,
  call: Call,
  look: () => Promise<DiagnosisResult[]>,
): Promise<DiagnosisResult[]> {
  try {
    return await mapErrors(call, look)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // To have several features is nothing that would have to be mended.
    return [{ name, ok: error.code === 'ambiguous_feature', said: error.message }]
  }
}
