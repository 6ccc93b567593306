import { git } from './git.ts'
import type { Tree } from './tree.ts'
import type { Workspace } from './workspace.ts'

/** The namespace of the references that keep snapshots from being garbage-collected. */
export const REFERENCES = 'refs/redgreen'

/** What a snapshot is for. It becomes part of the name of its reference. */
export interface SnapshotPurpose {
  feature: string
  task: string
  step: string
}

/** The reference of a snapshot. Equal trees have the same name in every clone, and different trees have different names. */
export function snapshotReference(
  { feature, task, step }: SnapshotPurpose,
  tree: Pick<Tree, 'hash'>,
): string {
  return [REFERENCES, named(feature), named(task), `${step}-${tree.hash.slice(0, 12)}`].join('/')
}

/** Whether git has snapshots of this feature. It still has them if only the ledger was deleted. */
export async function hasSnapshots(workspace: Workspace, feature: string): Promise<boolean> {
  const place = `${REFERENCES}/${named(feature)}/`
  return Boolean(await git(workspace, ['for-each-ref', '--count=1', place]))
}

/** A reference of a snapshot, as its name describes it. */
export interface SnapshotReference {
  /** The whole name. */
  name: string
  task: string
  step: string
}

/** The references of a feature, sorted by name. */
export async function referencesOf(
  workspace: Workspace,
  feature: string,
): Promise<SnapshotReference[]> {
  const place = `${REFERENCES}/${named(feature)}/`
  const listed = await git(workspace, ['for-each-ref', '--format=%(refname)', place])
  return (listed ?? '').split('\n').flatMap(name => {
    const [task = '', last = ''] = name.slice(place.length).split('/')
    const [, step] = /^(.+)-[0-9a-f]{12}$/.exec(last) ?? []
    const id = decoded(task)
    return step === undefined || id === undefined ? [] : [{ name, task: id, step }]
  })
}

/** The features that git has snapshots of, sorted. */
export async function featuresWithSnapshots(workspace: Workspace): Promise<string[]> {
  const listed = await git(workspace, ['for-each-ref', '--format=%(refname)', `${REFERENCES}/`])
  const names = (listed ?? '').split('\n').map(name => name.split('/')[2] ?? '')
  return [...new Set(names)]
    .filter(name => name !== '')
    .flatMap(name => decoded(name) ?? [])
    .sort()
}

/** A remote can have references that the server did not name. */
function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name)
  } catch {
    return undefined
  }
}

/** Git allows few characters in a reference name. All others are percent-encoded. */
function named(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/gu, escaped)
}

function escaped(letter: string): string {
  return [...Buffer.from(letter)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
}
