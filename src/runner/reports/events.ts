import * as z from 'zod'
import type { Report, TestRequest } from '../framework.ts'
import type { ReportEvent } from '../reporters/event.ts'
import { unsealLine } from '../reporters/seal.ts'
import { reportFromEvents } from './event-report.ts'

/** Reads the report of a redgreen reporter: one sealed event per line. */
export function readEvents(text: string, request: TestRequest): Report {
  const { events, tampered } = unseal(text, request.key)
  return reportFromEvents(events, request, tampered)
}

/** All events up to the first line with a wrong seal. An incomplete last line is what a killed runner leaves behind. */
function unseal(text: string, key: string): { events: ReportEvent[]; tampered: boolean } {
  const lines = text.split('\n').slice(0, -1)
  const events: ReportEvent[] = []
  for (const [index, line] of lines.entries()) {
    const event = parseEvent(unsealLine(key, index, line))
    if (event === undefined) return { events, tampered: true }
    events.push(event)
  }
  return { events, tampered: false }
}

function parseEvent(body: string | undefined): ReportEvent | undefined {
  if (body === undefined) return undefined
  const read = event.safeParse(JSON.parse(body))
  return read.success ? read.data : undefined
}

const file = z.string()
const known = { key: z.string(), name: z.string() }

const event = z.discriminatedUnion('ev', [
  z.object({ ev: z.literal('run-start'), runner: z.string(), version: z.string() }),
  z.object({ ev: z.literal('file'), file, tests: z.array(z.object(known)) }),
  z.object({ ev: z.literal('test-start'), file, ...known }),
  z.object({ ev: z.literal('test-end'), file, ...known }),
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
