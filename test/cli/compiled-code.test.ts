import { assert, integer, property, string, tuple, uint8Array, uniqueArray } from 'fast-check'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeCode, encodeCode } from '../../src/cli/compiled-code.ts'

/** The content of a file of compiled code whose checksum fits, whatever its header says. */
function withHeader(header: string, length = header.length): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(8), Buffer.from(header), Buffer.from('code')])
  bytes.writeUInt32LE(length, 4)
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0)
  return bytes
}

describe('the file of compiled code', () => {
  it('gives back the code of each file', () => {
    const code = uniqueArray(tuple(string(), uint8Array()), { selector: ([name]) => name })
    assert(
      property(code, files => {
        const read = decodeCode(encodeCode(new Map(files)))
        expect([...read].map(([name, bytes]) => [name, [...bytes]])).toEqual(
          files.map(([name, bytes]) => [name, [...bytes]]),
        )
      }),
    )
  })

  it('gives nothing if a bit is wrong, or its end is missing', () => {
    const bytes = encodeCode(new Map([['a', Buffer.from('code')]]))
    expect(decodeCode(bytes).size).toBe(1)
    for (let length = 0; length < bytes.length; length += 1)
      expect(decodeCode(bytes.subarray(0, length)).size).toBe(0)
    assert(
      property(integer({ min: 0, max: bytes.length * 8 - 1 }), bit => {
        const damaged = Buffer.from(bytes)
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(decodeCode(damaged).size).toBe(0)
      }),
    )
  })

  it.each(['', '{', 'null', '{}', '[null]', '[{"name":"a"}]', '[{"name":1,"start":0,"end":1}]'])(
    'gives nothing if its header is %s',
    header => expect(decodeCode(withHeader(header)).size).toBe(0),
  )

  it('gives nothing if its header would be longer than the file', () => {
    expect(decodeCode(withHeader('[]', 1000)).size).toBe(0)
    expect(decodeCode(withHeader('[{"name":"a","start":0,"end":4}]')).size).toBe(1)
  })
})
