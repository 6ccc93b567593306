import { assert, property, string, tuple, uint8Array, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCode, encodeCode } from '../../src/cli/compiled-code.ts'

describe('the file of compiled code', () => {
  it('gives back the code of each file', () => {
    const code = uniqueArray(tuple(string(), uint8Array()), {
      selector: ([name]) => name,
    })
    assert(
      property(string(), code, (build, files) => {
        const read = decodeCode(build, encodeCode(build, new Map(files)))
        expect([...read].map(([name, bytes]) => [name, [...bytes]])).toEqual(
          files.length === 0 ? [] : files.map(([name, bytes]) => [name, [...bytes]]),
        )
      }),
    )
  })

  it('gives nothing to another build, and nothing if it is damaged', () => {
    const bytes = encodeCode('1', new Map([['a', Buffer.from('code')]]))
    expect(decodeCode('1', bytes).size).toBe(1)
    expect(decodeCode('2', bytes).size).toBe(0)
    for (let length = 0; length < bytes.length; length += 1)
      expect(decodeCode('1', bytes.subarray(0, length)).size).toBe(0)
    expect(decodeCode('1', Buffer.alloc(bytes.length, 0xff)).size).toBe(0)
  })
})
