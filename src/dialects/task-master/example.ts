import type { ExamplePlan, ExampleTask } from '../dialect.ts'

export function taskMasterExample({ title, source, test }: ExampleTask): ExamplePlan {
  const tasks = [
    {
      id: 1,
      title,
      description: 'A title becomes the last part of an address.',
      details: `One function in ${source}, without dependencies.`,
      testStrategy: `In ${test}: "Hello World" becomes "hello-world".`,
      priority: 'high',
      dependencies: [],
      status: 'pending',
      subtasks: [],
    },
    {
      id: 2,
      title: 'Reject an empty title',
      description: 'An empty title is an error.',
      details: `In ${source}.`,
      testStrategy: `In ${test}: an empty title is rejected.`,
      priority: 'medium',
      dependencies: [1],
      status: 'pending',
      subtasks: [],
    },
  ]
  const metadata = {
    created: '2026-01-01T00:00:00.000Z',
    updated: '2026-01-01T00:00:00.000Z',
    description: 'Slugs',
  }
  const file = { master: { tasks, metadata } }
  return { '.taskmaster/tasks/tasks.json': `${JSON.stringify(file, null, 2)}\n` }
}
