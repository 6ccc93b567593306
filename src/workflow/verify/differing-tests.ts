import type { Event } from '../../evidence/event.ts'
import { testHashIn } from '../../evidence/test-hash.ts'
import { formatList } from '../../plan/format-list.ts'
import { takeTree } from '../../store/tree.ts'
import { changedFilesOf, finishedProofs } from '../checkout/finished-proofs.ts'
import { otherLedgers } from '../checkout/other-features.ts'
import type { Context } from '../context/context.ts'
import { currentHash } from '../guards/pending-files.ts'

/** A note that names the test files which differ from the GREEN of their task and which nothing recorded since then. */
export async function differingTests(context: Context): Promise<string[]> {
  const proofs = finishedProofs(context)
  if (proofs.length === 0) return []
  const now = await takeTree(context.workspace)
  const present = new Set(Object.values(now.files))
  const differing = new Map<string, string>()
  for (const proof of proofs) {
    const { green } = proof
    const { tests } = await changedFilesOf(context, proof, now)
    for (const file of tests) {
      const isGone = !context.reader.exists(file)
      if (isGone && present.has(green.files[file] ?? '')) continue
      if (isRecorded(context, file, green.at)) continue
      differing.set(file, `${file} (${green.task}${isGone ? ', removed' : ''})`)
    }
  }
  if (differing.size === 0) return []
  return [
    `Tests changed after they proved their tasks: ${formatList([...differing.values()], MAX_LISTED)}. \`redgreen verify --replay\` runs their earlier version on the current code.`,
  ]
}

/** Has a later step of any feature run these bytes, or a human confirmed them? */
function isRecorded(context: Context, file: string, since: string): boolean {
  const hash = currentHash(context, file) ?? 'absent'
  const ledgers = [context.ledger.events, ...otherLedgers(context)]
  return ledgers.some(events =>
    events.some(event => event.at > since && hashesIn(event, file).includes(hash)),
  )
}

/** What an event recorded about the tests of a file. */
function hashesIn(event: Event, file: string): (string | undefined)[] {
  if (event.kind === 'red' || event.kind === 'green')
    return event.files[file] === undefined ? [] : [testHashIn(event, file)]
  if (event.kind === 'done' || event.kind === 'validation')
    return (event.reverified ?? []).flatMap(one => (one.file === file ? one.sha256 : []))
  return event.kind === 'approved' ? [event.files?.[file]] : []
}

const MAX_LISTED = 5
