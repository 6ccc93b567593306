import { describe, expect, it } from 'vitest'
import { endpointsInProse, parseStep } from '../../src/dialects/flow-steps.ts'

describe('a step of a flow', () => {
  it.each([
    ['POST /finds {"what": "a → b"} → 201', 'POST', '/finds', { what: 'a → b' }, { status: 201 }],
    ['1. GET /finds?query=x -> 200 OK', 'GET', '/finds?query=x', undefined, { status: 200 }],
    ['DELETE /a', 'DELETE', '/a', undefined, {}],
    ['get /a => 200 contains "x" ✓', 'GET', '/a', undefined, { status: 200, contains: ['x'] }],
    [
      'GET /a → 200, $.id = 1, $.name == "x"',
      'GET',
      '/a',
      undefined,
      {
        status: 200,
        json: [
          { path: '$.id', equals: 1 },
          { path: '$.name', equals: 'x' },
        ],
      },
    ],
  ])('%s', (line, method, path, json, expected) => {
    const { does, ...step } = parseStep(line)
    expect(does).toBe('request')
    expect(step).toMatchObject({
      request: { method, path, ...(json !== undefined && { json }) },
      expect: { contains: [], json: [], ...expected },
    })
  })

  it('can capture a value of the response and send a form', () => {
    expect(parseStep('POST /login user=ada&pin=1+2 → 200, capture token = $.token')).toMatchObject({
      does: 'request',
      request: { form: { user: 'ada', pin: '1 2' } },
      capture: { token: '$.token' },
    })
  })

  it.each([
    ['goto /login', { does: 'goto', path: '/login' }],
    ['Click the "Sign in" button', { does: 'click', target: { label: 'Sign in' } }],
    ['click #save', { does: 'click', target: { selector: '#save' } }],
    ['fill "Name" with "Ada"', { does: 'fill', target: { label: 'Name' }, value: 'Ada' }],
    ['type "Ada" into #name', { does: 'fill', target: { selector: '#name' }, value: 'Ada' }],
    [
      'should see "Welcome" in #box',
      { does: 'expectText', text: 'Welcome', target: { selector: '#box' } },
    ],
  ])('%s', (line, step) => {
    expect(parseStep(line)).toMatchObject(step)
  })

  it.each([
    'Register a user',
    'GET /a and look at it',
    'POST /a {"broken": → 201',
    'Logout → session cleared',
    'GET //x → fine',
    '',
  ])('%j is not a step that can be run', line => {
    expect(parseStep(line)).toMatchObject({ does: 'unread', source: line })
  })
})

it('endpoints in prose are GET and HEAD requests with a status code', () => {
  const prose = `POST /a → 201, GET /health answers 200, GET /a/:id → 200, GET /list?q=… → 200,
    then GET /list → 200 and \`GET /none\` → 404; GET /health returns 200.`
  expect(
    endpointsInProse(prose).map(({ request, expect }) => [request.path, expect.status]),
  ).toEqual([
    ['/health', 200],
    ['/list', 200],
    ['/none', 404],
  ])
})
