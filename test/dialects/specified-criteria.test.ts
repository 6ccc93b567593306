import { expect, it } from 'vitest'
import { criteriaIn, specifiedCriteria } from '../../src/dialects/specified-criteria.ts'

it('reads the list items below headings of criteria, at any depth', () => {
  const source = `# Specification: Slugs

- A note outside

## User Scenarios
### Story 1
1. **Given** a title,
   **When** it is saved, **Then** it has a \`slug\`
   - [x] nested
   paragraph

text

## Acceptance Criteria
* [ ] One
\`\`\`
- hidden
\`\`\`

## Out of scope
- Colours
`
  expect(criteriaIn(source)).toEqual([
    'Given a title, When it is saved, Then it has a slug',
    'nested paragraph',
    'One',
  ])
})

it.each([
  ['Kiro', '### Requirement 1\n#### Acceptance Criteria\n1. WHEN a THEN b\n', ['WHEN a THEN b']],
  ['OpenSpec', '### Requirement: A\n#### Scenario: B\n- **WHEN** c\n', ['WHEN c']],
  ['spec-kit', '### Functional Requirements\n- **FR-001**: c\n', ['FR-001: c']],
  ['spec-kit', '## Success Criteria\n- **SC-001**: c\n', ['SC-001: c']],
  ['conductor', '## Acceptance Criteria\n- [ ] c\n', ['c']],
  ['Kiro', '# Requirements Document\n## Glossary\n- a\n## Open questions\n- b?\n', []],
  ['spec-kit', '## Requirements\n### Assumptions\n- a\n### Functional Requirements\n- b\n', ['b']],
  ['no list', '## Requirements\nIt works.\n', []],
])('knows the headings of %s', (_, source, criteria) => {
  expect(criteriaIn(source)).toEqual(criteria)
})

it('reads specifications and requirements only', () => {
  const documents = ['spec', 'specs/slugs/spec.md', 'requirements', 'plan', 'contracts/spec.yaml']
  const read = specifiedCriteria(
    documents.map(name => ({ name, path: name })),
    path => `## Requirements\n- ${path}\n`,
  )
  expect(read).toEqual(['spec', 'specs/slugs/spec.md', 'requirements'])
})
