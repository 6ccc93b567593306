import { formatList } from '../../plan/format-list.ts'
import { oneLine } from '../../runner/safe-text.ts'
import { ignoredBy } from '../../store/ignored-evidence.ts'
import { networkFileSystem } from '../../store/network-file-system.ts'
import { listSources } from '../../store/source-list.ts'
import type { Context } from '../context/context.ts'
import { hasWitness } from '../witness/is-configured.ts'

/** A warning with each task that starts. */
export function wantedWitnessNote({ settings }: Context): string[] {
  if (settings.witness === undefined || hasWitness()) return []
  return [
    '! The settings want a witness, and this server has none, so nobody else hears of its events. Ask a human to set REDGREEN_WITNESS_URL (docs/witness.md).',
  ]
}

/** Warnings with the first task of a feature. */
export async function firstNotes(context: Context): Promise<string[]> {
  return [
    ...networkDiskNote(context),
    ...(await ignoredNote(context)),
    ...(await secretFilesNote(context)),
  ]
}

async function ignoredNote({ workspace }: Context): Promise<string[]> {
  const rule = await ignoredBy(workspace)
  if (rule === undefined) return []
  return [
    oneLine(
      `! Git ignores the evidence (${rule}), so it is not committed and no other clone and no CI finds it. Remove that rule: the server itself keeps what is only for this clone out of git.`,
    ),
  ]
}

function networkDiskNote({ state }: Context): string[] {
  const kind = networkFileSystem(state.root)
  if (kind === undefined) return []
  return [
    `! The workspace is on a network file system (${kind}). Leases do not separate servers on different machines there.`,
  ]
}

async function secretFilesNote({ workspace }: Context): Promise<string[]> {
  const files = (await listSources(workspace)).secret
  if (files.length === 0) return []
  return [
    oneLine(
      `! Not kept in snapshots, because they may hold secrets: ${formatList(files, 5)}. List them in .gitignore; to keep one in snapshots, add it to git.`,
    ),
  ]
}
