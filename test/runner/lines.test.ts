import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineCleaner } from '../../src/runner/lines.ts'
import { redact } from '../../src/runner/redact.ts'

const KEY = `-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nqwertyuiop+/==\n-----END RSA PRIVATE KEY-----`

const SECRETS = [
  'AKIAIOSFODNN7EXAMPLE',
  `ghp_${'a1B2'.repeat(9)}`,
  `github_pat_${'a1B2_'.repeat(6)}`,
  `Bearer ${'abc.def-'.repeat(4)}`,
  'password=hunter2secret',
  'DB_PASSWORD: "correct horse"',
  '"api_key": "zxcvbnm123"',
  'token=zxcvbnm123',
  'postgres://me:p4ssw0rd@host/db',
  `xoxb-${'1234567890-'.repeat(2)}`,
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${'x'.repeat(20)}`,
  KEY,
]

const VALUES = [
  /AKIAIOSFODNN7EXAMPLE/,
  /a1B2a1B2/,
  /a1B2_a1B2/,
  /abc\.def-abc/,
  /hunter2/,
  /correct|horse/,
  /zxcvbnm/,
  /p4ssw0rd/,
  /1234567890-1/,
  /eyJzdWI|xxxxxxxx/,
  /MIIEpA|qwertyuiop/,
]

test.each(SECRETS)('%s is not kept', secret => {
  const kept = inChunks(Buffer.from(`before ${secret} after\nnext\n`), [])
  for (const value of VALUES) expect(kept).not.toMatch(value)
  expect(kept).toContain('before ')
  expect(kept).toContain('[redacted]')
  expect(kept).toMatch(/next\n$/)
})

test('what is no secret is left as it is', () => {
  const text =
    'Tests 3 passed (3)\nexpected -1 to be 3\nat Parser.tokenize (src/token.ts:3)\nsk-ip\n'
  expect(redact(text)).toBe(text)
})

test('a key that is never closed hides only what looks like a key', () => {
  const kept = inChunks(Buffer.from(`-----BEGIN PRIVATE KEY-----\nMIIEpAIB\nTests: 3 passed\n`), [])
  expect(kept).toBe('[redacted]\n[redacted]\nTests: 3 passed\n')
})

test('what comes out does not depend on how the bytes were cut', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...SECRETS,
      '\n',
      '\r\n',
      '\u001b[31mred\u001b[0m',
      '-----END',
      'ü€😀',
      '\u0000',
    ),
    fc.string(),
    fc.integer({ min: 16_300, max: 17_500 }).map(length => 'z'.repeat(length)),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(40_000)), (pieces, cuts) => {
      const bytes = Buffer.from(pieces.join(''))
      expect(inChunks(bytes, cuts)).toBe(inChunks(bytes, []))
    }),
    { numRuns: 300 },
  )
})

test('a secret cut into any chunks is never kept', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SECRETS), fc.array(fc.nat(200)), (secret, cuts) => {
      const kept = inChunks(Buffer.from(`${secret}\n`), cuts)
      for (const value of VALUES) expect(kept).not.toMatch(value)
    }),
    { numRuns: 300 },
  )
})

test('a secret on the border of a line that is too long is not kept in part', () => {
  for (let before = 15_300; before < 16_400; before += 2) {
    const kept = inChunks(Buffer.from(`${'x '.repeat(before / 2)}ghp_${'a1B2'.repeat(9)}\n`), [])
    expect(kept).not.toContain('a1B2a1B2')
  }
})

test('a line without an end takes bounded memory and is cut', () => {
  const lines = new LineCleaner()
  let kept = ''
  for (let n = 0; n < 2000; n++) kept += lines.push(Buffer.alloc(65_536, 'x'))
  kept += lines.end()
  expect(kept.length).toBeLessThan(17_000)
  expect(kept).toMatch(/\[line cut\]\n$/)
})

test('redaction stays quick on hostile lines', () => {
  const hostile = [
    'password'.repeat(8000),
    'a://'.repeat(16_000),
    `eyJ${'a.'.repeat(30_000)}`,
    'token= '.repeat(9000),
  ]
  const began = performance.now()
  for (const line of hostile) redact(line)
  expect(performance.now() - began).toBeLessThan(2000)
})

function inChunks(bytes: Buffer, cuts: number[]): string {
  const lines = new LineCleaner()
  const borders = [
    0,
    ...cuts.map(cut => Math.min(cut, bytes.length)).sort((a, b) => a - b),
    bytes.length,
  ]
  const parts = borders
    .slice(1)
    .map((end, index) => lines.push(bytes.subarray(borders[index], end)))
  return parts.join('') + lines.end()
}
