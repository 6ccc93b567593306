import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The small project that the screenshots show. */

const TASKS = `# Tasks: Seats of a theatre

## Phase 1: Setup

- [ ] T001 Create docs/glossary.md with the terms of the theatre

## Phase 2: Reservations

- [ ] T002 [P] [US1] Reserve a seat for twenty minutes in src/reservation.js
- [ ] T003 [P] [US1] Refuse a seat that is taken in src/seat.js
- [ ] T004 [P] [US1] Extend a reservation once in src/extension.js
- [ ] T005 [US2] Remind guests five minutes before the end in src/reminder.js (depends on T002)

## Phase 3: Prices

- [ ] T006 [US3] Compute the price of a seat by its row in src/price.js
- [ ] T007 [US3] Reduce the price for students in src/price.js (depends on T006)
- [ ] T008 [US3] Round the price to ten cents in src/price.js (depends on T006)

## Phase 4: Polish

- [ ] T009 Describe reservations and prices in docs/prices.md
- [ ] T010 Manually verify the reminders with the box office
`

const SPEC = `# Seats of a theatre

A guest reserves a seat for **twenty minutes**, and pays before they are over.

## User stories

1. As a guest I reserve a seat, and extend the reservation once.
2. As a guest I get a reminder five minutes before the end.
3. As a student I pay less.

## Acceptance criteria

| Given | When | Then |
| --- | --- | --- |
| a free seat | a guest reserves it | the reservation ends after 20 minutes |
| a reservation that was extended | the guest extends it again | it is refused |
| a seat in row 1 | the price is computed | it is 48.00 |

- [x] Amounts are in cents, never in floating point
- [ ] Students show their card at the entrance

\`\`\`js
priceOf({ row: 1 }) // 4800
\`\`\`
`

const SEARCH = `# Tasks: Search the programme

## Phase 1: Search

- [ ] T001 Find plays by a part of their title in src/search.js
- [ ] T002 Sort results by date in src/search.js (depends on T001)
- [ ] T003 Limit results to 50 in src/search.js (depends on T001)
`

/** Creates the project, with a plan that is approved and one that waits. */
export function createProject(): string {
  const root = path.join(
    realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-shots-'))),
    'theatre',
  )
  const settings = {
    approval: { required: 'always', channels: ['terminal', 'page'] },
    kinds: [{ tasks: 'T001, T009', kind: 'check' }],
  }
  const manifest = { name: 'theatre', type: 'module', scripts: { test: 'node --test' } }
  const files = {
    'package.json': JSON.stringify(manifest),
    'redgreen.config.json': JSON.stringify(settings, null, 2),
    'specs/001-seats/tasks.md': TASKS,
    'specs/001-seats/spec.md': SPEC,
    'specs/001-seats/plan.md': '# Plan\n\nPlain JavaScript, tested with `node --test`.\n',
    'specs/002-search/tasks.md': SEARCH,
    'specs/002-search/spec.md': '# Search the programme\n',
    'specs/002-search/plan.md': '# Plan\n',
  }
  for (const [file, text] of Object.entries(files)) writeIn(root, file, text)
  execFileSync('git', ['init', '-q', '-b', '001-seats', root])
  return root
}

export function writeIn(root: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}

/** A test and the code that makes it pass. */
export interface Work {
  task: string
  test: string
  testCode: string
  source: string
  code: string
}

export const RESERVATION: Work = {
  task: 'T002',
  test: 'tests/reservation.test.js',
  testCode: `import test from 'node:test'
import assert from 'node:assert/strict'
import { reserve } from '../src/reservation.js'

test('a reservation ends after twenty minutes', () => {
  const { until } = reserve('A1', new Date('2026-03-01T19:00:00Z'))
  assert.equal(until?.toISOString(), '2026-03-01T19:20:00.000Z')
})

test('a reservation names its seat', () => {
  assert.equal(reserve('A1', new Date('2026-03-01T19:00:00Z')).seat, 'A1')
})
`,
  source: 'src/reservation.js',
  code: `const MINUTES = 20

export function reserve(seat, from) {
  const until = new Date(from)
  until.setUTCMinutes(until.getUTCMinutes() + MINUTES)
  return { seat, from, until }
}
`,
}

export const SEAT: Work = {
  task: 'T003',
  test: 'tests/seat.test.js',
  testCode: `import test from 'node:test'
import assert from 'node:assert/strict'
import { canReserve } from '../src/seat.js'

test('a seat that is taken is refused', () => {
  assert.equal(canReserve({ guest: 'ada' }), false)
})

test('a free seat can be reserved', () => {
  assert.equal(canReserve({ guest: null }), true)
})
`,
  source: 'src/seat.js',
  code: `export function canReserve(seat) {
  return seat.guest === null
}
`,
}

/** Its test takes a while, so that a run is in progress. */
export const EXTENSION: Work = {
  task: 'T004',
  test: 'tests/extension.test.js',
  testCode: `import test from 'node:test'
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { extend } from '../src/extension.js'

for (const minutes of [5, 10, 20]) {
  test(\`a reservation can be extended by \${minutes} minutes\`, () => {
    console.log(\`extending a reservation by \${minutes} minutes\`)
    assert.equal(extend({ extended: false }, minutes).extended, true)
  })
}

test('a reservation is extended only once', async () => {
  console.log('waiting for the clock of the theatre')
  await pause(150_000)
  assert.equal(extend({ extended: true }, 5), null)
})
`,
  source: 'src/extension.js',
  code: 'export function extend() {\n  return { extended: false }\n}\n',
}
