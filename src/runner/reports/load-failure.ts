import path from 'node:path'
import type { Report, TestRequest } from '../framework.ts'
import { reportFromEvents } from './event-report.ts'

/**
 * The report of a run that ended before its first test because a file could not be loaded. The error is assigned to the
 * requested files that occur in `context`, or to all requested files if none does.
 */
export function loadFailureReport(message: string, context: string, request: TestRequest): Report {
  const mentioned = request.files.filter(file => mentions(context, file, request))
  const broken = mentioned.length > 0 ? mentioned : request.files
  const files = broken.length > 0 ? broken : [request.cwd]
  return reportFromEvents(
    [
      { ev: 'run-start', runner: '', version: '' },
      ...files.map(file => ({ ev: 'file-end' as const, file, errors: [message] })),
      { ev: 'run-end', unhandled: [] },
    ],
    request,
  )
}

function mentions(context: string, file: string, { cwd }: TestRequest): boolean {
  const relative = path.relative(cwd, file).split(path.sep).join('/')
  return context.includes(file) || context.includes(relative)
}
