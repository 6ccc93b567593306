import { expect, it } from 'vitest'
import { jsonPlan } from '../../../src/dialects/json-plan/json-plan.ts'
import type { Production, WorkspaceReader } from '../../../src/dialects/dialect.ts'

const PATH = 'docs/plans/a.json'

it('reads the description of the application in its different forms', () => {
  const { application, stack, gotchas, needed } = productionOf({
    stack: ['Flask', 'React'],
    validation: {
      production_validation: {
        start_command: './start.sh',
        health_endpoint: 'GET /health',
        frontend_url: '',
        build_artifacts: ['frontend/dist/index.html'],
        critical_endpoints: [
          { method: 'post', path: '/a', body: { x: 1 }, expected_status: '201' },
          { path: 'DELETE /b' },
          'GET /c → 404',
          'whatever',
        ],
        user_flows: [
          { name: 'One', steps: ['GET /c → 200', 'wait'] },
          'GET /d → 200',
          { name: 'empty' },
        ],
      },
    },
    framework_gotchas: [{ framework: 'Flask', gotcha: 'g', detection: 'd', mitigation: 'm' }, {}],
  })
  expect(needed).toBe(true)
  expect(stack).toEqual(['Flask', 'React'])
  expect(gotchas).toMatchObject([{ framework: 'Flask', text: 'g', detection: 'd', fix: 'm' }])
  expect(application).toMatchObject({
    start: { command: './start.sh', artifacts: ['frontend/dist/index.html'] },
    health: '/health',
    endpoints: [
      { request: { method: 'POST', path: '/a', json: { x: 1 } }, expect: { status: 201 } },
      { request: { method: 'DELETE', path: '/b' } },
      { request: { method: 'GET', path: '/c' }, expect: { status: 404 } },
    ],
    flows: [
      { name: 'One', steps: [{ does: 'request' }, { does: 'unread', source: 'wait' }] },
      { name: 'GET /d → 200', steps: [{ does: 'request' }] },
    ],
  })
  expect(application).not.toHaveProperty('frontend')
})

it('takes the endpoints from the description if the plan lists none', () => {
  const { application } = productionOf({
    description: 'A service. GET /health → 200.',
    validation: { production_validation: {} },
  })
  expect(application?.endpoints).toMatchObject([{ request: { path: '/health' } }])
})

it('does not require an application for similar formats', () => {
  expect(productionOf({}, 'prd.json').needed).toBe(false)
})

function productionOf(more: object, path = PATH): Production {
  const list = path === PATH ? 'tasks' : 'userStories'
  const status = path === PATH ? { status: 'APPROVED' } : {}
  const text = JSON.stringify({ ...status, [list]: [{ id: 1, name: 'a', passes: false }], ...more })
  const reader: WorkspaceReader = {
    read: file => (file === path ? text : undefined),
    exists: file => file === path,
    list: () => [],
    branch: () => undefined,
    rows: () => [],
    variable: () => undefined,
  }
  const candidate = { id: 'a', dir: path, tasks: path }
  const plan = jsonPlan.read(reader, candidate)
  const production = jsonPlan.production?.(reader, plan)
  if (!production) throw new Error('no production')
  return production
}
