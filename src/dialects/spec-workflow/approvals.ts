import * as z from 'zod'
import type { FeatureReadiness, WorkspaceReader } from '../dialect.ts'
import { parsedJson } from '../parsed-json.ts'
import { textOrEmpty } from '../text-or-empty.ts'

/** A decision about a document, from an approval request or from the snapshot that an approval leaves. */
interface Decision {
  status: string
  at: string
  evidence: string
}

/** spec-workflow lets a human approve each document in its dashboard. All three need an approval before the first task. */
export function approvalOf(reader: WorkspaceReader, dir: string): FeatureReadiness {
  const folder = approvalsFolder(dir)
  const latest = DOCUMENTS.map(name => ({ name, decision: latestOf(reader, folder, dir, name) }))
  const refused = latest.find(({ decision }) => REFUSED.test(decision?.status ?? ''))
  if (refused?.decision)
    return {
      ready: false,
      fact: `${refused.decision.evidence} says that ${refused.name} needs changes (${refused.decision.status}).`,
      remedy:
        'Change the document, and ask for an approval in the dashboard of spec-workflow again.',
      humanDecision: false,
    }
  const open = latest.filter(({ decision }) => decision?.status !== 'approved')
  if (open.length === 0)
    return { ready: true, evidence: `${folder} has the approval of every document` }
  const names = open.map(({ name, decision }) =>
    decision === undefined ? name : `${name} (${decision.status})`,
  )
  const invalid = requestFiles(reader, folder).filter(
    path => parsedJson(textOrEmpty(reader, path)) === undefined,
  )
  const unread = invalid.map(path => ` ${path} is not valid JSON, so it was not read.`)
  return {
    ready: false,
    fact: `${folder} has no approval of ${names.join(', ')}.${unread.join('')}`,
    remedy:
      'Ask a human to approve it in the dashboard of spec-workflow, or to run `redgreen approve` in a terminal.',
    humanDecision: true,
  }
}

function approvalsFolder(dir: string): string {
  return dir.replace(/(^|\/)\.spec-workflow\/specs\//, '$1.spec-workflow/approvals/')
}

function latestOf(
  reader: WorkspaceReader,
  folder: string,
  dir: string,
  name: string,
): Decision | undefined {
  const decisions = [
    ...requests(reader, folder, `${dir}/${name}`),
    ...snapshots(reader, folder, name),
  ]
  return decisions.toSorted((one, other) => (one.at < other.at ? 1 : -1))[0]
}

/** Requests name the document by its path from the project. */
function requests(reader: WorkspaceReader, folder: string, document: string): Decision[] {
  return requestFiles(reader, folder).flatMap(path => {
    const { data } = request.safeParse(parsedJson(textOrEmpty(reader, path)))
    if (data === undefined || !isSame(data.filePath, document)) return []
    return [{ status: data.status, at: data.respondedAt ?? data.createdAt ?? '', evidence: path }]
  })
}

function requestFiles(reader: WorkspaceReader, folder: string): string[] {
  const files = reader.list(folder).filter(file => /^approval_[\w-]+\.json$/.test(file))
  return files.map(file => `${folder}/${file}`)
}

function isSame(path: string, document: string): boolean {
  const named = path.replaceAll('\\', '/').replace(/^(\.?\/)+/, '')
  return (
    named !== '' &&
    (document === named || document.endsWith(`/${named}`) || named.endsWith(`/${document}`))
  )
}

/** An approved request may be removed; its snapshot stays. */
function snapshots(reader: WorkspaceReader, folder: string, name: string): Decision[] {
  const path = `${folder}/.snapshots/${name}/metadata.json`
  const { data } = history.safeParse(parsedJson(textOrEmpty(reader, path)))
  const approved = data?.snapshots.findLast(({ trigger }) => trigger === 'approved')
  return approved === undefined
    ? []
    : [{ status: 'approved', at: approved.timestamp ?? '', evidence: path }]
}

const request = z.looseObject({
  filePath: z.string(),
  status: z.string(),
  createdAt: z.string().optional(),
  respondedAt: z.string().optional(),
})
const history = z.looseObject({
  snapshots: z.array(z.looseObject({ trigger: z.string(), timestamp: z.string().optional() })),
})
const DOCUMENTS = ['requirements.md', 'design.md', 'tasks.md'] as const
const REFUSED = /^(rejected|needs-revision)$/
