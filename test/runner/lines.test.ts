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

test.each(SECRETS)('%s is redacted', secret => {
  const cleaned = inChunks(Buffer.from(`before ${secret} after\nnext\n`), [])
  for (const value of VALUES) expect(cleaned).not.toMatch(value)
  expect(cleaned).toContain('before ')
  expect(cleaned).toContain('[redacted]')
  expect(cleaned).toMatch(/next\n$/)
})

test('text without secrets is unchanged', () => {
  const text =
    'Tests 3 passed (3)\nexpected -1 to be 3\nat Parser.tokenize (src/token.ts:3)\nsk-ip\n'
  expect(redact(text)).toBe(text)
})

test('a key without an end hides only lines that look like a key', () => {
  const cleaned = inChunks(
    Buffer.from(`-----BEGIN PRIVATE KEY-----\nMIIEpAIB\nTests: 3 passed\n`),
    [],
  )
  expect(cleaned).toBe('[redacted]\n[redacted]\nTests: 3 passed\n')
})

test('the result does not depend on the chunks in which the bytes arrive', () => {
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

test('a secret is redacted, whatever the chunks', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SECRETS), fc.array(fc.nat(200)), (secret, cuts) => {
      const cleaned = inChunks(Buffer.from(`${secret}\n`), cuts)
      for (const value of VALUES) expect(cleaned).not.toMatch(value)
    }),
    { numRuns: 300 },
  )
})

test('a secret at the end of a line that is cut is redacted', () => {
  for (let before = 15_300; before < 16_400; before += 2) {
    const cleaned = inChunks(Buffer.from(`${'x '.repeat(before / 2)}ghp_${'a1B2'.repeat(9)}\n`), [])
    expect(cleaned).not.toContain('a1B2a1B2')
  }
})

test('an endless line is cut and takes a limited amount of memory', () => {
  const lines = new LineCleaner()
  let cleaned = ''
  for (let n = 0; n < 2000; n++) cleaned += lines.push(Buffer.alloc(65_536, 'x'))
  cleaned += lines.end()
  expect(cleaned.length).toBeLessThan(17_000)
  expect(cleaned).toMatch(/\[line cut\]\n$/)
})

// Redaction in quadratic time would not end within the time limit of a test.
test('redaction of hostile lines takes linear time', () => {
  const length = 1_000_000
  for (const part of ['password', 'a://', 'eyJa.', 'token= ', 'x.'])
    expect(redact(part.repeat(length / part.length))).not.toBe('')
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
