import { safeValue } from '../runner/safe-text.ts'
import { readRunLog } from '../store/run-logs.ts'
import type { Call } from './context/call.ts'
import type { Context } from './context/context.ts'
import { loadContext } from './context/load-context.ts'
import { namedTask } from './context/named-task.ts'
import { evidenceDocument } from './report/evidence-document.ts'
import { outcomeReport } from './report/outcome-report.ts'
import { overviewOf } from './overview.ts'
import { Refusal } from './context/refusal.ts'

export interface DocumentText {
  name: string
  path: string
  text: string
  /** Offset of the next page. Absent on the last page. */
  nextOffset?: number
}

/** Characters in one answer. Clients pass this many to a model without truncating them. */
const PAGE_LENGTH = 20_000

/** Reads a page of a document of the feature. For the many clients that show resources only to humans. */
export async function readDocument(
  call: Call,
  request: { document: string; offset?: number | undefined },
): Promise<DocumentText> {
  const context = await loadContext(call)
  const { path, text } = await documentNamed(context, request.document)
  const offset = request.offset ?? 0
  const end = pageEnd(text, offset)
  return {
    name: request.document,
    path,
    text: text.slice(offset, end),
    ...(end < text.length && { nextOffset: end }),
  }
}

function pageEnd(text: string, offset: number): number {
  const end = Math.min(text.length, offset + PAGE_LENGTH)
  // Do not cut a surrogate pair.
  const last = text.charCodeAt(end - 1)
  return end < text.length && last >= 0xd800 && last <= 0xdbff ? end - 1 : end
}

async function documentNamed(
  context: Context,
  named: string,
): Promise<{ path: string; text: string }> {
  // Answers name these documents by their URI.
  const name = named.replace(/^redgreen:\/\/[^/]+\//, '')
  const [, kind, id = ''] = /^(runs|evidence)\/(.+)$/.exec(name) ?? []
  if (kind === 'runs') return { path: '', text: requireRunLog(context, id) }
  if (kind === 'evidence')
    return { path: '', text: evidenceText(context, namedTask(context, id).id) }
  if (name === 'progress')
    return { path: '', text: JSON.stringify(safeValue(await overviewOf(context)), null, 2) }
  if (name === 'validation') return { path: '', text: outcomeReport(context) }
  if (name === 'evidence') return { path: '', text: evidenceDocument(context) }
  if (name === 'raw-evidence') return { path: '.redgreen/ledger', text: evidenceText(context) }
  const { documents } = context.plan
  const below = documents.filter(document =>
    document.name.startsWith(`${name.replace(/\/$/, '')}/`),
  )
  const document =
    documents.find(document => document.name === name || document.path === name) ??
    (below.length === 1 ? below[0] : undefined)
  const text = document && context.reader.read(document.path)
  if (document && text !== undefined) return { path: document.path, text }
  const known = [
    'progress',
    'evidence',
    'validation',
    'raw-evidence',
    'runs/ID',
    'evidence/TASK',
    ...context.plan.documents.map(({ name }) => name),
  ]
  throw new Refusal(
    'bad_arguments',
    `${context.plan.feature.id} has no document ${JSON.stringify(named)}, so nothing was read.`,
    `Name one of ${known.join(', ')}.`,
  )
}

/** The events of a feature, or of one of its tasks, one line of JSON each. */
export function evidenceText(context: Context, task?: string): string {
  const events = context.ledger.events.filter(
    event => task === undefined || ('task' in event && event.task === task),
  )
  return events.map(event => `${JSON.stringify(safeValue(event))}\n`).join('')
}

/** The output of a run. Refuses an unknown one, and the log of another clone. */
function requireRunLog(context: Context, id: string): string {
  const text = runLog(context, id)
  if (text !== undefined) return text
  throw new Refusal(
    'bad_arguments',
    `This clone has no log of a run ${JSON.stringify(id)}, so nothing was read.`,
    'Logs stay in the clone that made the run, and old ones are removed. The ledger has the last lines of each run: read the document evidence/TASK.',
  )
}

/** The whole output of a run; `undefined` if this clone did not record it. */
export function runLog({ state }: Context, id: string): string | undefined {
  return readRunLog(state, id)
}
