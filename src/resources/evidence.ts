import { evidenceText } from '../workflow/read-document.ts'
import type { Resource } from './resource.ts'

export const evidence: Resource = {
  name: 'evidence',
  title: 'Evidence',
  description: 'Everything that was witnessed of a task: the events of the ledger, one a line.',
  path: 'evidence/{task}',
  mimeType: 'application/jsonl',
  complete: context => context.plan.tasks.map(({ id }) => id),
  read: (context, task) =>
    context.plan.tasks.some(({ id }) => id === task)
      ? { text: evidenceText(context, task), mimeType: 'application/jsonl' }
      : undefined,
}
