import { git } from './git.ts'
import { literalPath } from './literal-path.ts'
import type { Workspace } from './workspace.ts'

/**
 * The last commit before work with this server: the one that set the project up or, if that came with the first evidence, the one
 * before it. `undefined` without git, or if no commit shows that the server is used.
 */
export async function commitBeforeUse(workspace: Workspace): Promise<string | undefined> {
  const setUp = earliest([
    await firstIn(workspace, ['--diff-filter=A', '--', literalPath('redgreen.config.json')]),
    await firstIn(workspace, ['-G', 'redgreen', '--', ...NAMING.map(literalPath)]),
  ])
  const evidence = await firstIn(workspace, ['--diff-filter=A', '--', literalPath('.redgreen')])
  const first = earliest([setUp, evidence])
  if (first === undefined || first.commit !== evidence?.commit) return first?.commit
  const before = await git(workspace, ['rev-parse', '--verify', '--quiet', `${first.commit}^`])
  return before?.trim() ?? first.commit
}

interface Commit {
  commit: string
  seconds: number
}

async function firstIn(
  workspace: Workspace,
  filter: readonly string[],
): Promise<Commit | undefined> {
  const log = await git(workspace, ['log', '--reverse', '--format=%ct %H', ...filter])
  const [, seconds, commit] = /^(\d+) (\w+)/.exec(log ?? '') ?? []
  return commit === undefined ? undefined : { commit, seconds: Number(seconds) }
}

function earliest(commits: readonly (Commit | undefined)[]): Commit | undefined {
  const known = commits.filter(one => one !== undefined)
  return known.toSorted((a, b) => a.seconds - b.seconds)[0]
}

/** Configuration files that name the server. They are committed even if the server's own folder is ignored. */
const NAMING = ['.gitignore', '.gitattributes', '.mcp.json', '.cursor/mcp.json', '.vscode/mcp.json']
