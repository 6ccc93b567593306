import path from 'node:path'
import * as z from 'zod'
import type { Report, TestRequest } from '../framework.ts'
import type { ReportEvent } from '../reporters/event.ts'
import { unsealed } from '../reporters/seal.ts'
import { FileReport } from './file-report.ts'
import { cleanName, firstLine } from './names.ts'

/** Reads what our reporters wrote: one sealed event per line. */
export function readEvents(text: string, request: TestRequest): Report {
  const { events, spoiled } = unseal(text, request.key)
  const begin = events[0]?.ev === 'run-start' ? events[0] : undefined
  const last = events.at(-1)
  const end = last?.ev === 'run-end' ? last : undefined
  const files = begin === undefined ? [] : byFile(events, request)
  const foreign = files.filter(file => !file.asked).flatMap(file => file.failures)
  const asked = files.filter(file => file.asked)
  return {
    complete: begin !== undefined && end !== undefined && !spoiled && files.every(f => f.complete),
    tests: asked.flatMap(file => file.tests),
    loadErrors: asked.flatMap(file => file.loadErrors),
    unhandled: [
      ...(spoiled ? [SPOILED] : []),
      ...(end?.unhandled ?? []).map(firstLine),
      ...asked.flatMap(file => file.unhandled),
      ...foreign.map(failure => `Not asked for, but it ran and did not pass: ${failure}`),
    ].slice(0, MOST_UNHANDLED),
    version: begin?.version.replace(/^v/, '') ?? '',
  }
}

const SPOILED = 'The report was changed by something else than the reporter.'
const MOST_UNHANDLED = 20

/** Everything up to the first line that is not ours. Half a line at the end is what a killed runner leaves. */
function unseal(text: string, key: string): { events: ReportEvent[]; spoiled: boolean } {
  const lines = text.split('\n').slice(0, -1)
  const events: ReportEvent[] = []
  for (const [index, line] of lines.entries()) {
    const event = parseEvent(unsealed(key, index, line))
    if (event === undefined) return { events, spoiled: true }
    events.push(event)
  }
  return { events, spoiled: false }
}

function parseEvent(body: string | undefined): ReportEvent | undefined {
  if (body === undefined) return undefined
  const read = event.safeParse(JSON.parse(body))
  return read.success ? read.data : undefined
}

function byFile(events: ReportEvent[], request: TestRequest): FileReport[] {
  const asked = new Set(request.files.map(file => fromRoot(file, request)))
  const names = new Set(request.names.map(cleanName))
  const files = new Map<string, FileReport>()
  for (const event of events) {
    if (!('file' in event)) continue
    const file = fromRoot(event.file, request)
    const report =
      files.get(file) ??
      new FileReport(file, event.file, asked.size === 0 || asked.has(file), names)
    files.set(file, report)
    report.take(event)
  }
  return [...files.values()]
}

function fromRoot(file: string, request: TestRequest): string {
  return path.relative(request.root, path.resolve(request.cwd, file)).split(path.sep).join('/')
}

const file = z.string()
const known = { key: z.string(), name: z.string() }

const event = z.discriminatedUnion('ev', [
  z.object({ ev: z.literal('run-start'), runner: z.string(), version: z.string() }),
  z.object({ ev: z.literal('file'), file, tests: z.array(z.object(known)) }),
  z.object({ ev: z.literal('test-start'), file, ...known }),
  z.object({
    ev: z.literal('test'),
    file,
    ...known,
    state: z.enum(['passed', 'failed', 'skipped', 'todo', 'unready', 'group']),
    reason: z.enum(['assertion', 'error', 'hook', 'timeout', 'crash']).exactOptional(),
    message: z.string().exactOptional(),
  }),
  z.object({ ev: z.literal('hook-error'), file, message: z.string() }),
  z.object({
    ev: z.literal('file-end'),
    file,
    errors: z.array(z.string()),
    died: z.string().exactOptional(),
  }),
  z.object({ ev: z.literal('run-end'), unhandled: z.array(z.string()) }),
]) satisfies z.ZodType<ReportEvent>
