import { expect, test } from 'vitest'
import { storyScenarios } from '../../../src/dialects/spec-kit/story-scenarios.ts'

const SPEC = `# Feature Specification: Fees

## User Scenarios & Testing *(mandatory)*

### User Story 1 - Pay a fee (Priority: P1)

A member pays a fee.

**Why this priority**: It is the purpose.

- not a scenario

**Independent Test**: Can be tested alone.

**Acceptance Scenarios**:

1. **Given** an open fee, **When** a member pays it, **Then** it is
   closed.
2. **Given** a closed fee, **When** a member pays it,
   **Then** they get an error.

---

### User Story 2 - Cancel a fee (Priority: P2)

**Acceptance Scenarios**:

1. **Given** an open fee, **When** it is cancelled, **Then** it is closed.

**Notes**:

- not a scenario either

### Edge Cases

- What happens if the fee is zero?

## Requirements

- **FR-001**: System MUST list fees.
`

test('the acceptance scenarios of the template belong to their user story', () => {
  expect(storyScenarios(SPEC)).toEqual({
    US1: [
      'Given an open fee, When a member pays it, Then it is closed.',
      'Given a closed fee, When a member pays it, Then they get an error.',
    ],
    US2: ['Given an open fee, When it is cancelled, Then it is closed.'],
  })
})

test('a list below a heading is read too, and a list without either is not', () => {
  const source =
    '## User Story 3: Pay\n\n#### Acceptance Criteria\n\n- A fee is paid\n\n## User Story 4: Ask\n\n1. A step\n'
  expect(storyScenarios(source)).toEqual({ US3: ['A fee is paid'] })
})

test('the scenarios of a long story are bounded, and the rest is counted', () => {
  const items = Array.from({ length: 20 }, (_, at) => `${at + 1}. **Given** part ${at + 1}`)
  const source = `## User Story 1: All\n\n**Acceptance Scenarios**:\n\n${items.join('\n')}\n`
  const { US1 = [] } = storyScenarios(source)
  expect(US1).toHaveLength(6)
  expect(US1.at(-1)).toBe('… 15 more in spec.md')
})

test('an empty specification has none', () => {
  expect(storyScenarios('')).toEqual({})
})
