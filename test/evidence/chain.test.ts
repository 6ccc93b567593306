import { describe, expect, it } from 'vitest'
import { checkLine, GENESIS, sealLine } from '../../src/evidence/chain.ts'

describe('a chain', () => {
  const first = sealLine({ kind: 'x', b: 1, a: 'ü' }, { seq: 1, prev: GENESIS })

  it('seals a line as canonical JSON with the hash of its content', () => {
    expect(first).toMatch(
      /^\{"a":"ü","b":1,"hash":"[0-9a-f]{64}","kind":"x","prev":"0{64}","seq":1\}$/,
    )
    expect(checkLine(first, { seq: 1, prev: GENESIS })).toHaveProperty('entry')
  })

  it.each([
    ['a changed word', first.replace('"b":1', '"b":2'), 1, GENESIS, /hash/],
    ['another place', first, 2, GENESIS, /number/],
    ['another line before it', first, 1, 'f'.repeat(64), /follow/],
    ['no JSON', '{"a":', 1, GENESIS, /JSON/],
    ['a list', '[]', 1, GENESIS, /JSON/],
  ])('notices %s', (_what, line, seq, prev, text) => {
    expect(checkLine(line, { seq, prev })).toEqual({ broken: expect.stringMatching(text) })
  })
})
