import { assert, property, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText, encodeText } from '../../src/store/files.ts'

describe('decodeText and encodeText', () => {
  it('restore the bytes of any file', () => {
    assert(
      property(uint8Array(), bytes => {
        const buffer = Buffer.from(bytes)
        expect(encodeText(decodeText(buffer), buffer).equals(buffer)).toBe(true)
      }),
    )
  })
})
