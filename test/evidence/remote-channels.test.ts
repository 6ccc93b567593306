import { expect, test } from 'vitest'
import { mayAskThrough } from '../../src/evidence/remote-channels.ts'
import type { Event, EventBody } from '../../src/evidence/event.ts'

const ON: { channels: ['terminal', 'elicitation'] } = { channels: ['terminal', 'elicitation'] }

function start(named: object): EventBody {
  return {
    kind: 'start',
    task: 'T1',
    settings: 's',
    tree: 't',
    title: 'T',
    provenAs: 'build',
    ...named,
  }
}

function approved(channel: 'terminal' | 'elicitation' | 'page', named: object): EventBody {
  return { kind: 'approved', settings: 's', structure: 'p', person: 'ada', channel, ...named }
}

test.each<[string, boolean, EventBody[]]>([
  ['nothing is recorded', true, []],
  ['it was named from the beginning', true, [start(ON), start(ON)]],
  [
    'the first approval was asked for in the client',
    true,
    [approved('elicitation', ON), start(ON)],
  ],
  ['it was not named', false, [start({})]],
  ['it was named later', false, [start({}), start(ON)]],
  ['its own form agreed to it', false, [start({}), approved('elicitation', ON)]],
  ['a human agreed to it at a terminal', true, [start({}), approved('terminal', ON), start(ON)]],
  ['it was removed and named again', false, [start(ON), start({}), start(ON)]],
  [
    'a human at a terminal agreed to settings without it',
    false,
    [start(ON), approved('terminal', {})],
  ],
])('a human may be asked in the client if %s: %s', (_where, may, bodies) => {
  expect(mayAskThrough('elicitation', placed(bodies))).toBe(may)
})

test('one channel does not open another', () => {
  const [event] = placed([start({ channels: ['elicitation'] })])
  expect(mayAskThrough('page', event ? [event] : [])).toBe(false)
})

test('an answer on the page does not open a channel', () => {
  const events = placed([start({}), approved('page', { channels: ['page', 'elicitation'] })])
  expect(mayAskThrough('page', events)).toBe(false)
  expect(mayAskThrough('elicitation', events)).toBe(false)
})

function placed(bodies: readonly EventBody[]): Event[] {
  return bodies.map((body, at) => ({
    ...body,
    seq: at + 1,
    prev: '',
    hash: String(at),
    feature: 'f',
    at: '2026-01-01T00:00:00.000Z',
    by: 'x',
  }))
}
