import { git } from './git.ts'
import type { Tree } from './tree.ts'
import type { Workspace } from './workspace.ts'

/** Where references lie that keep snapshots from being collected. */
export const REFERENCES = 'refs/redgreen'

/** What a snapshot is kept for; it becomes part of the name of its reference. */
export interface Purpose {
  feature: string
  task: string
  step: string
}

/** The reference that keeps a tree: two clones that kept the same one agree, and no two trees share a name. */
export function referenceOf({ feature, task, step }: Purpose, tree: Tree): string {
  return [REFERENCES, named(feature), named(task), `${step}-${tree.hash.slice(0, 12)}`].join('/')
}

/** Does git keep anything of this feature? It does when its ledger was taken away and nothing else. */
export async function hasSnapshots(workspace: Workspace, feature: string): Promise<boolean> {
  const place = `${REFERENCES}/${named(feature)}/`
  return Boolean(await git(workspace, ['for-each-ref', '--count=1', place]))
}

/** The features of which git keeps steps, sorted. */
export async function featuresWithSnapshots(workspace: Workspace): Promise<string[]> {
  const listed = await git(workspace, ['for-each-ref', '--format=%(refname)', `${REFERENCES}/`])
  const names = (listed ?? '').split('\n').map(name => name.split('/')[2] ?? '')
  return [...new Set(names)]
    .filter(name => name !== '')
    .map(decodeURIComponent)
    .sort()
}

/** Git allows few characters in the name of a reference; the others are written as in addresses. */
function named(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/gu, escaped)
}

function escaped(letter: string): string {
  return [...Buffer.from(letter)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
}
