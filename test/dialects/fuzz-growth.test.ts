import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { brokenBy } from '../../scripts/corpus/round-trip.ts'
import { Unreadable, type Dialect } from '../../src/dialects/dialect.ts'
import { specifiedCriteria } from '../../src/dialects/specified-criteria.ts'
import { parseGotchas } from '../../src/dialects/gotchas.ts'
import { dialects } from '../../src/dialects/index.ts'
import { planChanges, planRecord } from '../../src/plan/plan-record.ts'
import { growthOf, repeated } from '../kit/growth.ts'
import { memoryWorkspace } from '../kit/memory-workspace.ts'
import { runsSlowTests } from '../kit/slow.ts'
import { HOSTILE_WORKSPACES, SHAPES, type HostileWorkspace } from './hostile-workspaces.ts'

const AT = '2026-01-01T00:00:00Z'
const TIMEOUT = runsSlowTests ? 3_600_000 : 120_000

const WORKSPACES = Object.entries(HOSTILE_WORKSPACES).map(
  ([name, workspaceWith], at) => [name, workspaceWith, at] as const,
)

describe.each(WORKSPACES)('%s', (_, workspaceWith, position) => {
  test.each([
    ['one line', (shape: string, size: number) => repeated(shape, size)],
    [
      'lines of 40 characters',
      (shape: string, size: number) => repeated(`${repeated(shape, 40)}\n`, size),
    ],
    [
      'nested items',
      (shape: string, size: number) => repeated(`${shape}\n  - [ ] ${shape}\n`, size),
    ],
  ])('is read in linear time whatever it repeats in %s', { timeout: TIMEOUT }, (where, textOf) => {
    // Each workspace gets a share of the shapes: in one line a third of them, and in short lines, where they differ little, fewer.
    const parts = where === 'one line' ? 3 : WORKSPACES.length
    const isShare = (at: number) => at % parts === position % parts
    const shapes = runsSlowTests ? SHAPES : SHAPES.filter((_shape, at) => isShare(at))
    const tooSlow = shapes.flatMap(shape => {
      const growth = growthOf(size => useDialect(workspaceWith(textOf(shape, size))))
      return growth === undefined ? [] : [`${JSON.stringify(shape)}: ${growth}`]
    })
    expect(tooSlow).toEqual([])
  })

  test('is read in linear time with a random mixture in one line', () => {
    const seed = Number(process.env['REDGREEN_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
    const growth = growthOf(size => useDialect(workspaceWith(mixture(seed, size))))
    expect(growth, `REDGREEN_SEED=${seed}`).toBeUndefined()
  })
})

test('a file of gotchas is read in linear time', () => {
  const tooSlow = SHAPES.flatMap(shape => {
    const growth = growthOf(size => {
      const text = repeated(shape, size)
      const code = `\`\`\`js ${text}\n// ❌ FAILS ${text}\n${text}\n// ✅ WORKS ${text}\n${text} # ❌ ${text}\n\`\`\``
      const fields = `**Gotcha:** ${text}\n${text}\n${code}\n**Detection:** ${text}\n**Fix:** ${text}`
      parseGotchas(`# G\n\n## Express ${text}\n### 1. ${text}\n${fields}\n`, 'gotchas.md')
    })
    return growth === undefined ? [] : [`${JSON.stringify(shape)}: ${growth}`]
  })
  expect(tooSlow).toEqual([])
})

describe('a line that is too long', () => {
  const LONG = '[x '.repeat(10_000)
  const plans = {
    'spec-kit': `# Tasks\n\n## Phase 1: A\n- [ ] T001 Write a\n- [ ] T002 Write ${LONG}\n- [ ] T003 Write c\n`,
    specflow: `# Tasks\n\n## Group 1: A\n- [ ] **T-1.1** Write a\n- [ ] **T-1.2** Write ${LONG}\n- [ ] **T-1.3** Write c\n`,
    'conductor with boxes': `# Plan\n\n## Phase 1: A\n- [ ] Task: Write a\n- [ ] Task: Write ${LONG}\n- [ ] Task: Write c\n`,
  }
  const workspaces: Record<keyof typeof plans, string> = {
    'spec-kit': 'spec-kit with boxes',
    specflow: 'specflow with boxes',
    'conductor with boxes': 'conductor with boxes',
  }

  test.each(['spec-kit', 'specflow', 'conductor with boxes'] as const)(
    'of %s keeps its task, is a named problem, and every task is marked to the byte',
    name => {
      const workspace = HOSTILE_WORKSPACES[workspaces[name]]?.('a')
      if (workspace === undefined) throw new Error(`no ${name}`)
      const { candidate } = workspace
      const files = { ...workspace.files, [candidate.tasks]: plans[name] }
      const dialect = dialectOf(workspace)
      const plan = dialect.read(memoryWorkspace(files), candidate)
      expect(plan.tasks.map(({ title }) => title.slice(0, 7))).toEqual([
        'Write a',
        'Write [',
        'Write c',
      ])
      expect(plan.problems).toContainEqual(
        expect.objectContaining({
          path: candidate.tasks,
          line: 5,
          text: expect.stringContaining('characters'),
        }),
      )
      const ground = { dialect, candidate, files }
      expect(plan.tasks.map(task => brokenBy(ground, plan, task))).toEqual([
        undefined,
        undefined,
        undefined,
      ])
    },
  )

  test('that a tick has to follow gets it at its end', () => {
    const workspace = HOSTILE_WORKSPACES['spec-kit with headings']?.('a')
    if (workspace === undefined) throw new Error('no such workspace')
    const { candidate } = workspace
    const text = `# Tasks\n\n## Phase 1: A\n### T001: Write a ✅\n\n### T002: Write ${LONG}\n\n### T003: Write c\n`
    const reader = memoryWorkspace({ ...workspace.files, [candidate.tasks]: text })
    const dialect = dialectOf(workspace)
    const plan = dialect.read(reader, candidate)
    const [task] = plan.tasks.slice(1)
    if (task === undefined) throw new Error('no task')
    const [edit] = dialect.finish(reader, plan, task, AT)
    expect(edit).toMatchObject({ line: 6, to: ' ✅', start: text.indexOf(LONG) + LONG.length })
  })
})

/** Everything that a dialect reads and plans to write in one workspace. */
function useDialect(workspace: HostileWorkspace): void {
  const { candidate, files } = workspace
  const reader = memoryWorkspace(files)
  const dialect = dialectOf(workspace)
  orUnreadable(() => [dialect.detect(reader), dialect.features(reader), dialect.active(reader)])
  orUnreadable(() => {
    const plan = dialect.read(reader, candidate)
    const criteria = specifiedCriteria(plan.documents, path => reader.read(path))
    const record = planRecord(plan, dialect.production?.(reader, plan).application, criteria)
    planChanges(record, record)
    dialect.readiness?.(reader, plan)
    dialect.standards?.(reader, plan)
    dialect.planStatus?.(reader, plan)
    dialect.completionLocation?.(reader, plan)
    dialect.hooks?.(reader)
    dialect.finishFeature?.(reader, plan, AT)
    for (const phase of plan.phases.slice(0, 2)) {
      dialect.question?.(reader, plan, phase)
      dialect.finishPhase?.(reader, plan, phase, AT)
    }
    for (const task of plan.tasks.slice(0, 2)) {
      dialect.advice?.(reader, plan, task)
      dialect.start?.(reader, plan, task, AT)
      dialect.finish(reader, plan, task, AT)
      dialect.reopen(reader, plan, task)
      dialect.report?.(reader, plan, task, { tests: [], created: [], modified: [] }, AT)
    }
  })
}

function dialectOf(workspace: HostileWorkspace): Dialect {
  const dialect = dialects.find(({ name }) => name === workspace.dialect)
  if (dialect === undefined) throw new Error(`no ${workspace.dialect}`)
  return dialect
}

function orUnreadable(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
  }
}

/** A random mixture that the seed determines, of `size` characters. */
function mixture(seed: number, size: number): string {
  let state = seed
  let text = ''
  while (text.length < size) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const shape = SHAPES[state % SHAPES.length] ?? ''
    text += shape.repeat(1 + ((state >>> 8) % 30))
  }
  return text
}
