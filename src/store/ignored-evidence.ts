import { runGit } from './git.ts'
import type { Workspace } from './workspace.ts'

/** The rule by which git ignores the evidence, as a phrase such as `.redgreen/ in line 3 of .gitignore`; `undefined` if it does not. */
export async function ignoredBy(workspace: Workspace): Promise<string | undefined> {
  const answer = await runGit(workspace, ['check-ignore', '-v', '--no-index', '--', ...FILES])
  const lines = 'out' in answer ? answer.out.toString('utf8').split('\n') : []
  for (const text of lines) {
    const [, source = '', line = '', pattern = ''] = RULE.exec(text) ?? []
    if (pattern !== '' && !pattern.startsWith('!')) return `${pattern} in line ${line} of ${source}`
  }
  return undefined
}

const RULE = /^(.+?):(\d+):([^\t]*)\t/

/** Files as the server writes them. Their names are not taken, so that git does not track them already. */
const FILES = [
  '.redgreen/ledger/feature/0000000000.jsonl',
  '.redgreen/plans/feature/0000000000.json',
  '.redgreen/tests/feature/0000000000.json',
]
