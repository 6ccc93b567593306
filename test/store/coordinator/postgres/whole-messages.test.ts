import { describe, expect, it } from 'vitest'
import { WholeMessages } from '../../../../src/store/coordinator/postgres/whole-messages.ts'
import { chanceOf, freshSeed } from '../../../chaos/figures.ts'

function message(kind: string, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body)
  const head = Buffer.alloc(5)
  head.write(kind)
  head.writeUInt32BE(bytes.length + 4, 1)
  return Buffer.concat([head, bytes])
}

const column = Buffer.concat([Buffer.from('a\0'), Buffer.alloc(18)])
const WHOLE = [
  message('R', Buffer.from([0, 0, 0, 0])),
  message('R', Buffer.concat([Buffer.from([0, 0, 0, 10]), Buffer.from('SCRAM\0\0')])),
  message('S', 'TimeZone\0UTC\0'),
  message('T', Buffer.concat([Buffer.from([0, 2]), column, column])),
  message('D', Buffer.alloc(3000)),
  message('C', 'SELECT 1\0'),
  message('A', '\0\0\0\u0001redgreen\0abc\0'),
  message('E', 'SERROR\0C42501\0Mno\0\0'),
  message('Z', 'I'),
]

const BROKEN = [
  message('E', 'SERROR\0C42501\0'),
  message('E', 'SERROR'),
  message('N', ''),
  message('S', 'TimeZone\0'),
  message('C', 'SELECT 1'),
  message('A', '\0\0\0\u0001redgreen\0'),
  message('T', Buffer.concat([Buffer.from([0, 3]), column, column])),
  message('R', Buffer.concat([Buffer.from([0, 0, 0, 10]), Buffer.from('SCRAM\0')])),
  message('R', ''),
  Buffer.from('SSH-2.0-OpenSSH\r\n'),
  Buffer.from('HTTP/1.1 400 Bad Request'),
  Buffer.from('E\0\0\0\u0003'),
]

describe('the bytes of a connection to PostgreSQL', () => {
  it('are passed on as whole messages, however they arrive', () => {
    const seed = freshSeed()
    const chance = chanceOf(seed)
    const all = Buffer.concat(WHOLE)
    const messages = new WholeMessages()
    const passed: Buffer[] = []
    for (let at = 0; at < all.length;) {
      const end = at + 1 + Math.floor(chance() * 40)
      passed.push(...[messages.add(all.subarray(at, end)) ?? []].flat())
      at = end
    }
    expect(Buffer.concat(passed).equals(all), `seed ${seed}`).toBe(true)
    expect(new WholeMessages().add(all)?.equals(all)).toBe(true)
  })

  it.each(BROKEN)('are refused if a text has no end, or something else answers (%#)', broken => {
    expect(() => new WholeMessages().add(broken)).toThrow('unreadable answer')
    const messages = new WholeMessages()
    messages.add(WHOLE[2] ?? broken)
    expect(() => messages.add(broken)).toThrow('unreadable answer')
  })

  it('wait for the rest of a message', () => {
    const messages = new WholeMessages()
    expect(messages.add(Buffer.from('S\0\0'))).toBeUndefined()
    expect(messages.add(Buffer.from('\0\u0008a\0b'))).toBeUndefined()
    expect(messages.add(Buffer.from('\0'))).toEqual(Buffer.from('S\0\0\0\u0008a\0b\0'))
  })
})
