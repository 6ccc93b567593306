import path from 'node:path'
import type { Report, TestRequest } from '../framework.ts'
import type { ReportEvent } from '../reporters/event.ts'
import { FileReport } from './file-report.ts'
import { cleanName, firstLine } from './names.ts'

/** A run as events tell it, put together file by file. What ran unasked and did not pass is told apart. */
export function reportFromEvents(
  events: readonly ReportEvent[],
  request: TestRequest,
  spoiled = false,
): Report {
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

function byFile(events: readonly ReportEvent[], request: TestRequest): FileReport[] {
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
