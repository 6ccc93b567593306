import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { dialects } from '../../../src/dialects/index.ts'
import { jsonPlan } from '../../../src/dialects/json-plan/json-plan.ts'
import { jsonOf, plan, readiness, source } from './fixture.ts'
import { task } from '../plan-queries.ts'

const OPEN = [{ id: 1, name: 'A', passes: false }]
const APPROVED = jsonOf(OPEN)
const PENDING = jsonOf(OPEN, { status: 'PENDING' })
const COMPLETE = jsonOf([{ id: 1, passes: true }], { status: 'COMPLETE' })
const STORIES = source('stories.json')

const [ALPHA, BETA] = ['docs/plans/2026-01-01-alpha.json', 'docs/plans/2026-02-02-beta.json']

function features(files: Record<string, string>): string[] {
  return jsonPlan.features(memoryWorkspace(files)).map(({ id, tasks }) => `${id} ${tasks}`)
}

function active(files: Record<string, string>, branch?: string) {
  const result = jsonPlan.active(memoryWorkspace(files, branch === undefined ? {} : { branch }))
  if ('found' in result) return [result.found.dir, result.evidence]
  return 'several' in result ? result.several.map(({ dir }) => dir) : result
}

describe('the plans', () => {
  test('are the files in docs/plans with tasks that have `passes`', () => {
    const files = {
      [BETA]: PENDING,
      [ALPHA]: APPROVED,
      'docs/plans/old/gamma.json': COMPLETE,
      'docs/plans/notes.md': '"tasks": "passes"',
      'docs/plans/config.json': '{"plugins": []}',
      'docs/plans/board.json': '{"tasks": [{"title": "no state"}]}',
      'docs/other.json': APPROVED,
    }
    expect(features(files)).toEqual([
      `2026-01-01-alpha ${ALPHA}`,
      `2026-02-02-beta ${BETA}`,
      'old-gamma docs/plans/old/gamma.json',
    ])
  })

  test('may be invalid, so that the user learns about it', () => {
    expect(features({ [ALPHA]: APPROVED.slice(0, -9) })).toHaveLength(1)
    expect(features({ [ALPHA]: '{"tasks": {}, "passes": 1}' })).toHaveLength(1)
    expect(features({ [ALPHA]: '{' })).toEqual([])
  })

  test('of stories and feature lists may be in other folders, with their usual names', () => {
    const files = {
      'prd.json': STORIES,
      'scripts/ralph/prd.json': STORIES,
      'ralph/prds/prd-clouds.json': STORIES,
      'feature_list.json': '{"features": [{"id": "f", "status": "passing"}]}',
      'package.json': '{"tasks": [{"passes": false}]}',
      'node_modules/a/prd.json': STORIES,
    }
    expect(features(files)).toEqual([
      'feature_list feature_list.json',
      'prd prd.json',
      'ralph-prds-prd-clouds ralph/prds/prd-clouds.json',
      'scripts-ralph-prd scripts/ralph/prd.json',
    ])
  })
})

describe('the active plan', () => {
  test('is the only one, whatever its state', () => {
    for (const text of [APPROVED, PENDING]) expect(active({ [ALPHA]: text })).toContain(ALPHA)
    expect(active({ [ALPHA]: COMPLETE })).toEqual([ALPHA, `${ALPHA} is the only plan`])
    expect(active({ [ALPHA]: APPROVED.slice(0, -9) })).toContain(ALPHA)
  })

  test('is the approved one', () => {
    const files = { [ALPHA]: PENDING, [BETA]: APPROVED, 'docs/plans/c.json': COMPLETE }
    expect(active(files)).toEqual([
      BETA,
      `${BETA} is the only plan that is approved or in progress`,
    ])
  })

  test('is the unfinished one if none is approved', () => {
    expect(active({ [ALPHA]: COMPLETE, [BETA]: PENDING })).toEqual([
      BETA,
      `${BETA} is the only unfinished plan`,
    ])
  })

  test('is not guessed among several', () => {
    expect(active({ [ALPHA]: APPROVED, [BETA]: APPROVED })).toEqual([ALPHA, BETA])
    expect(active({ [ALPHA]: PENDING, [BETA]: PENDING }, 'main')).toEqual([ALPHA, BETA])
  })

  test('is the one that the git branch names', () => {
    const files = { [ALPHA]: APPROVED, [BETA]: APPROVED }
    expect(active(files, 'feature/beta')).toEqual([BETA, `git branch feature/beta names ${BETA}`])
    expect(active(files, '2026-01-01-alpha')).toContain(ALPHA)
    const stories = {
      'prd.json': STORIES,
      'scripts/ralph/prd.json': STORIES.replace('ralph/', 'x/'),
    }
    expect(active(stories, 'ralph/cloud-names')).toContain('prd.json')
  })

  test('is not an archived one, unless there are no others', () => {
    const old = { 'docs/plans/archive/old.json': APPROVED }
    expect(active({ ...old, [ALPHA]: PENDING })).toContain(ALPHA)
    expect(active(old)).toContain('docs/plans/archive/old.json')
  })

  test('does not exist if all are complete or there is none, and the answer names the next step', () => {
    expect(active({ [ALPHA]: COMPLETE, [BETA]: COMPLETE })).toMatchObject({
      none: 'Every plan is complete (2 plans).',
    })
    expect(active({})).toMatchObject({ none: 'There is no plan in docs/plans.' })
  })
})

describe('work may begin', () => {
  test.each(['APPROVED', 'Approved', ' approved '])('on a plan with the status %j', status => {
    expect(readiness(jsonOf(OPEN, { status }))).toMatchObject({ ready: true })
  })

  test.each(['PENDING', 'DRAFT', 'IN_PROGRESS', ''])('not on a plan with the status %j', status => {
    expect(readiness(jsonOf(OPEN, { status }))).toEqual({
      ready: false,
      fact: `docs/plans/2026-06-01-one.json has the status ${JSON.stringify(status)}, not "APPROVED".`,
      remedy:
        'Ask a human to read the plan and to set "status" to "APPROVED" in docs/plans/2026-06-01-one.json.',
      humanDecision: false,
    })
  })

  test.each(['COMPLETE', 'VERIFIED'])(
    'not on a plan with the status %s, because it is complete',
    status => {
      expect(readiness(jsonOf(OPEN, { status }))).toMatchObject({
        ready: false,
        fact: `docs/plans/2026-06-01-one.json has the status "${status}": it is already complete.`,
      })
    },
  )

  test('not on a plan without a status, unless it is a plan of stories', () => {
    expect(readiness('{"tasks": [{"id": 1, "passes": false}]}')).toMatchObject({
      ready: false,
      fact: 'docs/plans/2026-06-01-one.json has no "status".',
    })
    expect(readiness(STORIES)).toMatchObject({ ready: true })
  })
})

test('the advice is to write tests for the definition of done', () => {
  const read = plan(source('two-spaces.json'))
  const advice = (id: string) => jsonPlan.advice?.(memoryWorkspace({}), read, task(read, id)).before
  expect(advice('2')?.[0]).toBe('Write tests for what the definition of done requires.')
  expect(advice('3')).toHaveLength(2)
})

test('the documents are the plan and the gotchas file', () => {
  const files = { [ALPHA]: APPROVED, 'agents/framework-gotchas.md': '' }
  const [candidate] = jsonPlan.features(memoryWorkspace(files))
  if (candidate === undefined) throw new Error('there is a plan')
  expect(jsonPlan.read(memoryWorkspace(files), candidate).documents).toEqual([
    { name: 'tasks', path: ALPHA },
    { name: 'gotchas', path: 'agents/framework-gotchas.md' },
  ])
})

test('the dialect is detected by its first plan, and is in the list of dialects', () => {
  expect(jsonPlan.detect(memoryWorkspace({ [ALPHA]: APPROVED }))).toBe(`${ALPHA} exists`)
  expect(jsonPlan.detect(memoryWorkspace({ 'package.json': '{}' }))).toBeUndefined()
  expect(dialects).toContain(jsonPlan)
})
