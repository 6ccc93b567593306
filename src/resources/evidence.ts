import { evidenceText } from '../workflow/read-document.ts'
import type { Resource } from './resource.ts'

export const evidence: Resource = {
  name: 'evidence',
  title: 'Evidence',
  description: 'Everything that was witnessed of a task: the events of the ledger, one a line.',
  path: 'evidence/{task}',
  mimeType: 'application/jsonl',
  complete: desk => desk.plan.tasks.map(({ id }) => id),
  read: (desk, task) =>
    desk.plan.tasks.some(({ id }) => id === task)
      ? { text: evidenceText(desk, task), mimeType: 'application/jsonl' }
      : undefined,
}
