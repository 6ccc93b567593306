import { outcomeReport } from '../workflow/report/outcome-report.ts'
import type { Resource } from './resource.ts'

export const validation: Resource = {
  name: 'validation',
  title: 'Validation report',
  description: 'How the feature came out: tasks, tests, gates, phases, and what to do next.',
  path: 'validation',
  mimeType: 'text/markdown',
  read: context => ({ text: outcomeReport(context), mimeType: 'text/markdown' }),
}
