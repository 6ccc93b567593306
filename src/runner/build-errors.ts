import type { Outcome } from '../evidence/outcome.ts'
import type { TestRequest } from './framework.ts'
import { loadPlaceIn } from './reports/load-place.ts'
import { firstLine } from './reports/names.ts'
import { relativePath } from './run-outcome.ts'
import type { ProcessEnd } from './run-request.ts'

/** What a build that failed says about the test files, which count as not loaded. */
export function buildErrors(request: TestRequest, { output }: ProcessEnd): Outcome['loadErrors'] {
  const lines = output.split('\n').map(line => line.trim())
  const error = lines.find(line => /\berror\b/i.test(line)) ?? lines.findLast(line => line !== '')
  const message = firstLine(error ?? 'The build failed and printed no error.')
  const files = request.files.length > 0 ? request.files : [request.cwd]
  return files.map(name => {
    const file = relativePath(request.root, name)
    return { file, message, ...loadPlaceIn(file, request.root, message, output) }
  })
}
