import { safeValue } from '../runner/safe-text.ts'
import type { Context } from '../workflow/context/context.ts'
import type { Content, Resource } from './resource.ts'

/** Every resource, in the order of the list that clients show. */
export const resources: Resource[] = [
  {
    name: 'spec',
    title: 'Specification',
    description: "What the feature has to do: the user's own file.",
    path: 'spec',
    mimeType: 'text/markdown',
    verbatim: true,
    read: context => userDocument(context, 'spec'),
  },
  {
    name: 'plan',
    title: 'Technical plan',
    description: "How the feature is to be built: the user's own file.",
    path: 'plan',
    mimeType: 'text/markdown',
    verbatim: true,
    read: context => userDocument(context, 'plan'),
  },
  {
    name: 'tasks',
    title: 'Task list',
    description: 'The tasks with their marks: the file that the user wrote.',
    path: 'tasks',
    mimeType: 'text/markdown',
    verbatim: true,
    read: context => userDocument(context, 'tasks'),
  },
  {
    name: 'progress',
    title: 'Progress',
    description:
      'State of every task, proven and unverified shown separately; the same as `redgreen status --json`.',
    path: 'progress',
    mimeType: 'application/json',
    read: async context => {
      const { overviewOf } = await import('../workflow/steps.ts')
      const text = JSON.stringify(safeValue(await overviewOf(context)), null, 2)
      return { text, mimeType: 'application/json' }
    },
  },
  {
    name: 'validation',
    title: 'Validation report',
    description: 'Result of the feature: tasks, tests, gates, phases, and next steps.',
    path: 'validation',
    mimeType: 'text/markdown',
    read: async context => {
      const { outcomeReport } = await import('../workflow/steps.ts')
      return { text: outcomeReport(context), mimeType: 'text/markdown' }
    },
  },
  {
    name: 'evidence-summary',
    title: 'Evidence of the feature',
    description: 'What failed and passed for each task, when, and who recorded it, in words.',
    path: 'evidence',
    mimeType: 'text/plain',
    unlisted: true,
    read: async context => {
      const { evidenceDocument } = await import('../workflow/steps.ts')
      return { text: evidenceDocument(context), mimeType: 'text/plain' }
    },
  },
  {
    name: 'evidence',
    title: 'Evidence',
    description: 'The ledger events of one task, one JSON object a line.',
    path: 'evidence/{task}',
    mimeType: 'application/jsonl',
    complete: taskIds,
    read: async (context, task) => {
      const { evidenceText } = await import('../workflow/steps.ts')
      return taskIds(context).includes(task)
        ? { text: evidenceText(context, task), mimeType: 'application/jsonl' }
        : undefined
    },
  },
  {
    name: 'run',
    title: 'Output of a run',
    description: 'The whole output of a recorded run, with secrets redacted.',
    path: 'runs/{run}',
    mimeType: 'text/plain',
    read: async (context, id) => {
      const { runLog } = await import('../workflow/steps.ts')
      const text = runLog(context, id)
      return text === undefined ? undefined : { text, mimeType: 'text/plain' }
    },
  },
  {
    name: 'screenshot',
    title: 'Screenshot',
    description: 'A page of the application, taken during a validation.',
    path: 'screenshots/{screenshot}',
    mimeType: 'image/png',
    complete: async context =>
      (await import('../workflow/steps.ts')).screenshotsIn(context.ledger.events),
    read: async (context, name) => {
      const { readScreenshot } = await import('../workflow/steps.ts')
      const png = readScreenshot(context.state, name)
      return png && { blob: png.toString('base64'), mimeType: 'image/png' }
    },
  },
]

function taskIds({ plan }: Context): string[] {
  return plan.tasks.map(({ id }) => id)
}

/** One of the user's documents, byte for byte. */
function userDocument(context: Context, name: string): Content | undefined {
  const document = context.plan.documents.find(document => document.name === name)
  const text = document && context.reader.read(document.path)
  if (!document || text === undefined) return undefined
  const mimeType = document.path.endsWith('.json') ? 'application/json' : 'text/markdown'
  return { text, mimeType }
}
