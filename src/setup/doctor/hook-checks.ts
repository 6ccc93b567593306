import { execa } from 'execa'
import { createTemporaryFolder } from '../../runner/temporary-folder.ts'
import { writeHookStateFile } from '../../store/hook-state-file.ts'
import { stateOf } from '../../store/state.ts'
import type { DiagnosisResult } from '../../workflow/diagnosis/result.ts'
import type { Level } from '../clients/client.ts'
import { clients } from '../clients/index.ts'
import { readConfig } from '../config-file.ts'
import { hookStart } from '../hooks/command.ts'
import { hooksIn, type HookClient } from '../hooks/hook-format.ts'
import { hookClients } from '../hooks/index.ts'
import { hookTarget, type Surroundings, type Target } from '../targets.ts'
import { Unusable } from '../text/unusable.ts'
import { forbiddenWrite } from './hook-payload.ts'

/** Checks each installed hook with one call that it has to deny, in a temporary folder with recorded work. */
export async function checkHooks(
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<DiagnosisResult[]> {
  const hooks = installed(surroundings)
  // The record of the open tasks is sealed, and without a hook nobody needs the secret for it.
  if (hooks.length === 0) return []
  const folder = createTemporaryFolder('canary')
  try {
    writeHookStateFile(stateOf({ root: folder.path }), () => ({
      format: 1,
      denyFrozen: false,
      features: {},
    }))
    const results: DiagnosisResult[] = []
    for (const [form, target, level] of hooks) {
      results.push(
        await checkHook(form, target, level, { ...surroundings, folder: folder.path, signal }),
      )
    }
    return results
  } finally {
    folder.remove()
  }
}

/** The hooks that are installed, each file once. */
function installed(surroundings: Surroundings): [HookClient, Target, Level][] {
  const files = new Set<string>()
  return clients.flatMap(client =>
    LEVELS.flatMap(level => {
      const form = hookClients.find(hookClient => hookClient.client === client.name)
      const target = hookTarget(client, level, surroundings)
      if (!form || !target || target.unavailable !== undefined || files.has(target.file)) return []
      files.add(target.file)
      return hasHooks(target) ? [[form, target, level] satisfies [HookClient, Target, Level]] : []
    }),
  )
}

const LEVELS: readonly Level[] = ['project', 'user']

/** A file that cannot be read is reported with the entry of its client. */
function hasHooks({ file, has }: Target): boolean {
  try {
    return has(readConfig(file) ?? '')
  } catch (error) {
    if (error instanceof Unusable) return false
    throw error
  }
}

interface Canary extends Surroundings {
  /** The folder that the call is about. */
  folder: string
  signal: AbortSignal
}

async function checkHook(
  form: HookClient,
  { file, title, client, isSet }: Target,
  level: Level,
  { root, installation, folder, signal }: Canary,
): Promise<DiagnosisResult> {
  const text = readConfig(file) ?? ''
  const [command = ''] = hooksIn(text, form).values()
  const again = `Run \`redgreen init --client ${client} --hooks${level === 'user' ? ' --user' : ''}\`.`
  const start = isSet(text) ? hookStart(form.flag, level, root, installation) : undefined
  // The file and the program may come from a repository that nobody has checked.
  if (level === 'project' && !start) {
    if (isSet(text)) return inProject(title, file)
    const found = `${title}: ${file} has hooks that init would not write. They were not run.`
    return { name: 'hook', ok: false, found, remedy: again }
  }
  // Only a line that the user wrote needs a shell.
  const [program, ...args] = start ?? [command]
  const { stdout, stderr } = await execa(program, args, {
    shell: !start,
    // Not in the project, because `npx` runs what the working directory has installed.
    cwd: folder,
    input: forbiddenWrite(form.flag, folder),
    env: { CLAUDE_PROJECT_DIR: folder },
    timeout: TIMEOUT_MS,
    reject: false,
    cancelSignal: signal,
  })
  if (/"deny"/.test(stdout)) {
    return { name: 'hook', ok: true, found: `${title}: the hook of ${file} answers` }
  }
  const [line = ''] = stderr.split('\n')
  const found = `${title}: the hook of ${file} does not answer (\`${command}\`)${line && `: ${line}`}`
  return { name: 'hook', ok: false, found, remedy: again }
}

function inProject(title: string, file: string): DiagnosisResult {
  const found = `${title}: the hook of ${file} is in node_modules of the project, and not part of the program that runs now. It was not run.`
  const remedy = 'If you trust the project, run `npx redgreen-mcp doctor` in it.'
  return { name: 'hook', ok: true, found, remedy }
}

const TIMEOUT_MS = 30_000
