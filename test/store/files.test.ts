import { linkSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { assert, property, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rewriteNote } from '../../src/store/files.ts'
import { decodeText, encodeText } from '../../src/store/text-encoding.ts'
import { temporaryFolder } from '../kit/folder.ts'

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

describe('a note that is written again', () => {
  it('keeps its file, and has its lines first', () => {
    const file = path.join(temporaryFolder(), 'note')
    rewriteNote(file, 'a long first note\nand its seal\n')
    const { ino } = statSync(file)
    rewriteNote(file, 'short\nseal\n')
    expect(readFileSync(file, 'utf8').split('\n').slice(0, 2)).toEqual(['short', 'seal'])
    rewriteNote(file, 'a note that is longer than all before\nand its seal, which is too\n')
    expect(readFileSync(file, 'utf8')).toBe(
      'a note that is longer than all before\nand its seal, which is too\n',
    )
    expect(statSync(file).ino).toBe(ino)
  })

  it('does not change a file that has another name', () => {
    const folder = temporaryFolder()
    const other = path.join(folder, 'other')
    writeFileSync(other, 'of a human\n')
    linkSync(other, path.join(folder, 'note'))
    rewriteNote(path.join(folder, 'note'), 'note\n')
    expect(readFileSync(other, 'utf8')).toBe('of a human\n')
    expect(readFileSync(path.join(folder, 'note'), 'utf8')).toBe('note\n')
  })

  it('does not follow a link', () => {
    const folder = temporaryFolder()
    mkdirSync(path.join(folder, '.redgreen'))
    const other = path.join(folder, 'other')
    writeFileSync(other, 'of a human\n')
    const note = path.join(folder, '.redgreen', 'note')
    symlinkSync(other, note)
    expect(() => rewriteNote(note, 'note\n')).toThrow('symbolic link')
    expect(readFileSync(other, 'utf8')).toBe('of a human\n')
  })
})
