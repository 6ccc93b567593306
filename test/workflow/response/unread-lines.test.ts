import { expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { stackProject } from '../../kit/project.ts'

const PLAN = `## Phase 1: Core
- [ ] T001 size in src/stack.js
- [WIP] T002 push in src/stack.js
- [ ] Clean up

## Checklist
- [ ] T001: size works
- [ ] T002: push works
`

it('next_task names the lines of a plan that may be tasks and are not read as ones', async () => {
  const { call } = await connect(stackProject(PLAN).root)
  const { text } = await call('next_task')
  expect(text).toMatch(/tasks\.md, line 3: The sign \[WIP\]/)
  expect(text).toMatch(/tasks\.md, line 7: T001 is listed here once more\. Only line 2 counts/)
  expect(text).toContain('1 more line is unclear. `redgreen status` lists them all.')
})
