import type { ExamplePlan, ExampleTask } from '../dialect.ts'

export function jsonPlanExample({ title, source, test }: ExampleTask): ExamplePlan {
  const plan = {
    title: 'Slugs',
    status: 'APPROVED',
    created: '2026-01-01',
    description: 'A title becomes the last part of an address.',
    tasks: [
      {
        id: 1,
        name: title,
        description: `One function in ${source}.`,
        dependencies: [],
        dod: ['"Hello World" becomes "hello-world"'],
        files: [source, test],
        passes: false,
      },
      {
        id: 2,
        name: 'Reject an empty title',
        description: 'An empty title is an error.',
        dependencies: [1],
        dod: ['an empty title is rejected'],
        files: [source, test],
        passes: false,
      },
    ],
  }
  return { 'docs/plans/2026-01-01-slugs.json': `${JSON.stringify(plan, null, 2)}\n` }
}
