import type { ExamplePlan, ExampleTask } from '../dialect.ts'
import { PLACE } from './features.ts'

export function checklistExample({ title, source, test }: ExampleTask): ExamplePlan {
  return {
    [`${PLACE}/2026-01-05-slugs.md`]: `# Slugs

**Goal:** A title becomes the last part of an address.

### Task 1: ${title}

**Files:**
- Create: \`${source}\`
- Test: \`${test}\`

- [ ] **Step 1: Write the failing test:** "Hello World" becomes "hello-world"

Expected: FAIL with "hello-world"

- [ ] **Step 2: Write the code until the test passes**

### Task 2: Reject an empty title

**Files:**
- Modify: \`${source}\`
- Test: \`${test}\`

- [ ] **Step 1: Write the failing test**
- [ ] **Step 2: Write the code until the test passes**
`,
  }
}
