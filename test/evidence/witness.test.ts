import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { GENESIS, sha256 } from '../../src/evidence/chain.ts'
import { continuationOf, requestsOf } from '../../src/evidence/witness/continuation.ts'
import { HeardChains } from '../../src/evidence/witness/heard-chains.ts'
import { isSigned, signed } from '../../src/evidence/witness/signature.ts'
import { UNKNOWN_TAG } from '../../src/evidence/witness/statement.ts'

const PLACE = { project: 'p', feature: 'f' }
const HEARD = { heard: '2026-01-01T00:00:00.000Z', clone: UNKNOWN_TAG, branch: UNKNOWN_TAG }
const hash = (text: string) => sha256(text)

/** Events of a chain by letters, such as `abc`; each letter follows the one before it. */
function events(letters: string) {
  return letters.split('').map((letter, at) => ({
    seq: at + 1,
    prev: at === 0 ? GENESIS : hash(letters.slice(0, at)),
    hash: hash(letters.slice(0, at) + letter),
  }))
}

function part(letters: string, first = 1) {
  const all = events(letters)
  const prev = all[first - 1]?.prev ?? ''
  return { chain: 'c', first, prev, hashes: all.slice(first - 1).map(one => one.hash) }
}

function heard(...parts: ReturnType<typeof part>[]): HeardChains {
  return new HeardChains(parts.map(one => ({ ...PLACE, ...one, ...HEARD })))
}

describe('what a witness accepts', () => {
  it.each([
    ['a new chain', heard(), part('abc'), 3],
    ['events that follow its head', heard(part('ab')), part('abcd', 3), 2],
    ['the same events again', heard(part('ab')), part('ab'), 0],
    ['events of which it heard the first', heard(part('ab')), part('abc', 2), 1],
  ])('is %s', (_, chains, sent, count) => {
    expect(chains.newIn(PLACE, sent)?.hashes).toHaveLength(count)
  })

  it.each([
    ['a fork', heard(part('abc')), part('abx', 3)],
    ['another beginning', heard(part('abc')), part('xyz')],
    ['a gap', heard(part('ab')), part('abcd', 4)],
    ['the middle of a chain that it does not know', heard(), part('abc', 2)],
    ['a first event that follows something', heard(), { ...part('a'), prev: hash('z') }],
    [
      'events that contradict those after them',
      heard(part('abc')),
      { ...part('ab', 2), hashes: [hash('x')] },
    ],
  ])('is not %s', (_, chains, sent) => {
    expect(chains.newIn(PLACE, sent)).toBeUndefined()
    expect(chains.newIn({ ...PLACE, project: 'other' }, part('abc'))).toBeDefined()
  })
})

describe('what a server sends', () => {
  const headOf = (letters: string) => ({ chain: 'c', length: letters.length, head: hash(letters) })

  it.each([
    ['everything', 'abc', undefined, [part('abc')]],
    ['what follows the head', 'abc', headOf('a'), [part('abc', 2)]],
    ['nothing if it is behind', 'ab', headOf('abc'), []],
    ['nothing if there is nothing new', 'abc', headOf('abc'), []],
  ])('is %s', (_, letters, head, parts) => {
    expect(continuationOf('c', events(letters), head)).toEqual({ parts })
  })

  it('is not a chain that differs from what the witness has', () => {
    expect(continuationOf('c', events('abx'), headOf('aby'))).toEqual({ differsAt: 3 })
  })

  it('is one side of a chain that forks, the one that the witness knows', () => {
    const both = [...events('ab'), ...events('axy').slice(1)]
    expect(continuationOf('c', both)).toEqual({ parts: [part('ab')] })
    expect(continuationOf('c', both, headOf('ax'))).toEqual({ parts: [part('axy', 3)] })
  })

  it('is in parts that a witness accepts', () => {
    const long = events('x'.repeat(5001))
    const next = continuationOf('c', long)
    expect(
      'parts' in next && next.parts.map(({ first, hashes }) => [first, hashes.length]),
    ).toEqual([
      [1, 5000],
      [5001, 1],
    ])
  })
})

it('a long ledger is sent in requests of a limited size', () => {
  const size = (hashes: number) => ({
    ...part('a'),
    hashes: Array.from({ length: hashes }, () => ''),
  })
  const groups = (...sizes: number[]) =>
    requestsOf(sizes.map(size)).map(group => group.map(({ hashes }) => hashes.length))
  expect(groups(5000, 5000, 5000, 5000, 1, 2)).toEqual([
    [5000, 5000, 5000, 5000],
    [1, 2],
  ])
  expect(groups(...Array.from({ length: 1001 }, () => 1)).map(group => group.length)).toEqual([
    1000, 1,
  ])
  expect(groups()).toEqual([])
})

describe('a signature', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const document = signed({ a: 1, b: ['x'] }, privateKey)

  it('is that of the whole document', () => {
    expect(isSigned(JSON.parse(JSON.stringify(document)))).toBe(true)
  })

  it.each([
    ['a changed value', { a: 2 }],
    ['another member', { c: 1 }],
    [
      'the key of somebody else',
      { key: signed({}, generateKeyPairSync('ed25519').privateKey).key },
    ],
    [
      'a key of another kind',
      {
        key: generateKeyPairSync('x25519')
          .publicKey.export({ type: 'spki', format: 'der' })
          .toString('base64url'),
      },
    ],
    ['no key', { key: 'x' }],
    ['no signature', { signature: undefined }],
  ])('is not valid with %s', (_, change) => {
    expect(isSigned({ ...document, ...change })).toBe(false)
  })
})
