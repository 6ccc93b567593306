import { bareRepositoryAround } from '../../store/git-folder.ts'
import { git, runGit, type GitFailure } from '../../store/git.ts'
import { ignoredBy } from '../../store/ignored-evidence.ts'
import type { Workspace } from '../../store/workspace.ts'
import type { DiagnosisResult, Location } from './result.ts'

/** Whether git can be used in the workspace. */
export async function repository({ workspace }: Location): Promise<DiagnosisResult[]> {
  const version = await git(workspace, ['--version'])
  if (version === undefined) {
    const remedy = 'Install git. Without it the server cannot store snapshots to run tests against.'
    return [{ name: 'git', ok: false, found: 'git was not found', remedy }]
  }
  const installed = { name: 'git', ok: true, found: version.trim() }
  const bare = bareRepositoryAround(workspace.root)
  if (bare !== undefined) return [installed, unused(bare)]
  const asked = await runGit(workspace, ['rev-parse', '--git-dir'])
  if ('out' in asked) return [installed, ...(await ignored(workspace))]
  if (/dubious ownership|safe\.directory/.test(asked.messages)) return [installed, untrusted(asked)]
  const found = 'the workspace is not a git repository, so the server cannot store snapshots'
  return [installed, { name: 'repository', ok: false, found, remedy: 'Run `git init`.' }]
}

/** Without the evidence in its commits, `redgreen verify` in CI finds every task unproven. */
async function ignored(workspace: Workspace): Promise<DiagnosisResult[]> {
  const rule = await ignoredBy(workspace)
  if (rule === undefined) return []
  const found = `git ignores the evidence in .redgreen (${rule}), so it is not committed and CI finds none`
  return [{ name: 'repository', ok: false, found, remedy: 'Remove that rule.' }]
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
