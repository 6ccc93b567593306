import { expect, it } from 'vitest'
import type { WorkspaceReader } from '../../src/dialects/dialect.ts'
import { rememberingReader } from '../../src/dialects/remembering-reader.ts'

/** A workspace that notes what it was asked. */
function askedReader(): { reader: WorkspaceReader; asked: string[] } {
  const asked: string[] = []
  const note = (question: string) => void asked.push(question)
  return {
    asked,
    reader: {
      read(file) {
        note(`read ${file}`)
        if (file === 'broken') throw new Error('no text')
        return file === 'there' ? 'text' : undefined
      },
      exists(file) {
        note(`exists ${file}`)
        return file === 'there'
      },
      list(folder) {
        note(`list ${folder}`)
        return ['there', 'Odd', 'b/']
      },
      branch() {
        note('branch')
        return undefined
      },
      rows: () => [],
      variable: () => undefined,
    },
  }
}

it('asks the workspace each question once, also if the answer is that there is nothing', () => {
  const { reader, asked } = askedReader()
  const remembering = rememberingReader(reader)
  for (let round = 0; round < 2; round += 1) {
    expect(remembering.read('there')).toBe('text')
    expect(remembering.read('gone')).toBeUndefined()
    expect(remembering.exists('gone')).toBe(false)
    expect(remembering.exists('gone/too')).toBe(false)
    expect(remembering.list('gone')).toEqual([])
    expect(remembering.list('')).toEqual(['there', 'Odd', 'b/'])
    expect(remembering.branch()).toBeUndefined()
  }
  expect(asked).toEqual(['list ', 'read there', 'branch'])
})

it('gives each caller a list of its own', () => {
  const remembering = rememberingReader(askedReader().reader)
  remembering.list('').sort()
  expect(remembering.list('')).toEqual(['there', 'Odd', 'b/'])
})

it('asks about a name in other letters, in another form or in another folder', () => {
  const { reader, asked } = askedReader()
  const remembering = rememberingReader(reader)
  const names = ['odd', 'b/odd', '../d', './gone', 'é']
  for (const name of names) remembering.exists(name)
  expect(asked).toEqual(['list ', ...names.map(name => `exists ${name}`)])
})

it('asks about each name if the workspace cannot be listed', () => {
  const { reader, asked } = askedReader()
  const list = () => {
    throw new Error('no list')
  }
  expect(rememberingReader({ ...reader, list }).exists('there')).toBe(true)
  expect(asked).toEqual(['exists there'])
})

it('does not keep an error', () => {
  const { reader, asked } = askedReader()
  const remembering = rememberingReader({ ...reader, list: () => ['broken'] })
  expect(() => remembering.read('broken')).toThrow('no text')
  expect(() => remembering.read('broken')).toThrow('no text')
  expect(asked).toHaveLength(2)
})

it('lists a folder instead of a look at each of many files that it does not have', () => {
  const { reader, asked } = askedReader()
  const remembering = rememberingReader(reader)
  for (let count = 1; count <= 20; count += 1) remembering.exists(`b/gone-${count}`)
  expect(asked).toEqual(['list ', ...[1, 2, 3].map(count => `exists b/gone-${count}`), 'list b'])
  expect(remembering.exists('b/there/gone')).toBe(false)
  expect(remembering.list('b/gone')).toEqual([])
  expect(asked.at(-1)).toBe('exists b/there/gone')
})

it('looks at no file that a folder which somebody listed does not have', () => {
  const { reader, asked } = askedReader()
  const remembering = rememberingReader(reader)
  remembering.list('b')
  expect(remembering.exists('b/gone')).toBe(false)
  expect(asked).toEqual(['list ', 'list b'])
})

it('asks about each file of a folder that looks empty, because it may be unreadable', () => {
  const { reader, asked } = askedReader()
  const list = (folder: string) => (folder === '' ? ['b/'] : [])
  const remembering = rememberingReader({ ...reader, list })
  remembering.list('b')
  remembering.exists('b/c')
  expect(asked).toEqual(['exists b/c'])
})

it('reads each file anew for a later moment, and knows the same names', () => {
  const { reader, asked } = askedReader()
  const remembering = rememberingReader(reader)
  remembering.read('there')
  remembering.list('')
  const later = remembering.withTextsNow()
  expect([later.read('there'), later.read('there'), later.read('gone')]).toEqual([
    'text',
    'text',
    undefined,
  ])
  expect(later.list('')).toHaveLength(3)
  expect(asked).toEqual(['list ', 'read there', 'read there'])
})
