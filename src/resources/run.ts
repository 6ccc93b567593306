import { runLog } from '../workflow/read-document.ts'
import type { Resource } from './resource.ts'

export const runResource: Resource = {
  name: 'run',
  title: 'Output of a run',
  description: 'The whole output of a recorded run, secrets redacted.',
  path: 'runs/{run}',
  mimeType: 'text/plain',
  read: (context, id) => {
    const text = runLog(context, id)
    return text === undefined ? undefined : { text, mimeType: 'text/plain' }
  },
}
