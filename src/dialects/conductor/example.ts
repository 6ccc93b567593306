import type { ExamplePlan, ExampleTask } from '../dialect.ts'

export function conductorExample({ title, source }: ExampleTask): ExamplePlan {
  const track = 'conductor/tracks/slugs_20260101'
  const at = '2026-01-01T09:00:00Z'
  const metadata = {
    track_id: 'slugs_20260101',
    type: 'feature',
    status: 'new',
    created_at: at,
    updated_at: at,
    description: 'Slugs',
  }
  return {
    'conductor/product.md': '# Product\n\nA title becomes the last part of an address.\n',
    'conductor/tech-stack.md': '# Tech stack\n\nNo dependencies.\n',
    'conductor/workflow.md': '# Workflow\n\nTests first.\n',
    'conductor/tracks.md': `# Project Tracks

---

- [ ] **Track: Slugs**
*Link: [./tracks/slugs_20260101/](./tracks/slugs_20260101/)*
`,
    [`${track}/spec.md`]: '# Slugs\n\n"Hello World" becomes "hello-world".\n',
    [`${track}/plan.md`]: `# Implementation Plan: Slugs

## Phase 1: Core

- [ ] Task: ${title} in ${source}
    - [ ] Write Tests
    - [ ] Implement
- [ ] Task: Reject an empty title in ${source}
    - [ ] Write Tests
    - [ ] Implement
`,
    [`${track}/metadata.json`]: `${JSON.stringify(metadata, null, 2)}\n`,
  }
}
