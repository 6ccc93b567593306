import path from 'node:path'
import type { Report, TestRequest } from '../framework.ts'
import type { ReportEvent } from '../reporters/event.ts'
import { FileReport, NOT_REQUESTED } from './file-report.ts'
import { cleanName, firstLine } from './names.ts'

/**
 * Builds a report from events, file by file. Failures in files that were not requested are reported as unhandled errors.
 * `tampered`: the events stop at a line that no reporter wrote.
 */
export function reportFromEvents(
  events: readonly ReportEvent[],
  request: TestRequest,
  tampered = false,
): Report {
  const begin = events[0]?.ev === 'run-start' ? events[0] : undefined
  const last = events.at(-1)
  const end = last?.ev === 'run-end' ? last : undefined
  const files = begin === undefined ? [] : byFile(events, request)
  const failuresElsewhere = files.filter(file => !file.requested).flatMap(file => file.failures)
  const requested = files.filter(file => file.requested)
  return {
    complete:
      begin !== undefined && end !== undefined && !tampered && files.every(file => file.complete),
    tests: requested.flatMap(file => file.tests),
    loadErrors: requested.flatMap(file => file.loadErrors),
    unhandled: [
      ...(tampered ? [TAMPERED] : []),
      ...(end?.unhandled ?? []).map(firstLine),
      ...requested.flatMap(file => file.unhandled),
      ...failuresElsewhere.map(failure => `${NOT_REQUESTED}: ${failure}`),
    ].slice(0, MAX_UNHANDLED),
    version: begin?.version.replace(/^v/, '') ?? '',
  }
}

const TAMPERED = 'The report contains a line that the reporter did not write.'
const MAX_UNHANDLED = 20

function byFile(events: readonly ReportEvent[], request: TestRequest): FileReport[] {
  const requested = new Set(request.files.map(file => fromRoot(file, request)))
  const names = new Set(request.names.map(cleanName))
  const files = new Map<string, FileReport>()
  for (const event of events) {
    if (!('file' in event)) continue
    const file = fromRoot(event.file, request)
    const report =
      files.get(file) ??
      new FileReport(file, event.file, requested.size === 0 || requested.has(file), names)
    files.set(file, report)
    report.add(event)
  }
  return [...files.values()]
}

function fromRoot(file: string, request: TestRequest): string {
  return path.relative(request.root, path.resolve(request.cwd, file)).split(path.sep).join('/')
}
