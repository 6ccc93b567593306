import { expect, it } from 'vitest'
import { honestWork } from '../../honest/work.ts'

const SPEC = `# Stack

### User Story 1 - Push (Priority: P1)

**Acceptance Scenarios**:

1. **Given** a stack, **When** I push, **Then** it grows.

### User Story 2 - Pop (Priority: P2)

**Acceptance Scenarios**:

1. **Given** a stack, **When** I pop, **Then** it shrinks.
`
const PLAN =
  '- [ ] T001 [US1] Create one.txt\n- [ ] T002 [US1] Create two.txt\n- [ ] T003 [US2] Create three.txt\n- [ ] T004 Create four.txt\n'
const PUSH = 'Given a stack, When I push, Then it grows.'
const POP = 'Given a stack, When I pop, Then it shrinks.'

it('the scenarios of a user story come with its first task', async () => {
  const work = honestWork(PLAN, { 'specs/001-stack/spec.md': SPEC })
  const next = async (id: string) => {
    const { task } = await work.call('next_task')
    expect(task).toMatchObject({ id })
    return task
  }
  const finish = async (id: string, file: string) => {
    work.write(file, 'text\n')
    await work.green(id)
    await work.done(id)
  }
  expect(await next('T001')).toMatchObject({ acceptance: [PUSH] })
  expect(await next('T001')).toMatchObject({ acceptance: [PUSH] })
  await finish('T001', 'one.txt')
  expect(await next('T002')).toMatchObject({ acceptance: [] })
  await finish('T002', 'two.txt')
  expect(await next('T003')).toMatchObject({ acceptance: [POP] })
  await finish('T003', 'three.txt')
  expect(await next('T004')).toMatchObject({ acceptance: [] })
})
