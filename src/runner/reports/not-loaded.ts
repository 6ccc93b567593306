import path from 'node:path'
import type { Report, TestRequest } from '../framework.ts'
import { reportFromEvents } from './event-report.ts'

/**
 * The report of a run that ended before its first test, because something could not be loaded: blamed are the requested
 * files that `context` names, else all of them.
 */
export function notLoaded(message: string, context: string, request: TestRequest): Report {
  const named = request.files.filter(file => names(context, file, request))
  const blamed = named.length > 0 ? named : request.files
  const files = blamed.length > 0 ? blamed : [request.cwd]
  return reportFromEvents(
    [
      { ev: 'run-start', runner: '', version: '' },
      ...files.map(file => ({ ev: 'file-end' as const, file, errors: [message] })),
      { ev: 'run-end', unhandled: [] },
    ],
    request,
  )
}

function names(context: string, file: string, { cwd }: TestRequest): boolean {
  const relative = path.relative(cwd, file).split(path.sep).join('/')
  return context.includes(file) || context.includes(relative)
}
