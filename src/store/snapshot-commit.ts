import { objectId } from './loose-objects.ts'

/** The commit of a snapshot, as git stores it. The same files always make the same commit. */
export function commitContent(snapshot: string): Buffer {
  const by = 'redgreen <redgreen@localhost> 0 +0000'
  return Buffer.from(`tree ${snapshot}\nauthor ${by}\ncommitter ${by}\n\n`)
}

/** Git's id of that commit, in a repository whose ids are SHA-1. */
export function commitId(snapshot: string): string {
  return objectId('commit', commitContent(snapshot))
}
