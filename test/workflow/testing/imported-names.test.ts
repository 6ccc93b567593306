import { describe, expect, it } from 'vitest'
import { importedNames } from '../../../src/workflow/testing/imported-names.ts'

/** Quadratic work on so many lines takes minutes, which ends the test by its time limit. */
const LINES = 40_000

describe('imports that are not closed', () => {
  it.each([
    ['a.ts', 'import a\n'],
    ['a.ts', 'import from \n'],
  ])('are not read in %s, in linear time: %j', (file, line) => {
    expect(importedNames(file, line.repeat(LINES))).toBeUndefined()
  })

  it('are read without their names in Python, in linear time', () => {
    expect(importedNames('a.py', 'from a import (\n'.repeat(LINES))?.names.size).toBe(0)
  })
})

it('an import over several lines is read', () => {
  const text = "import a, {\n  b as c,\n  d,\n} from 'x'\nimport 'y'\nimport * as z from 'z'\n"
  const { names, sideEffects } = importedNames('a.ts', text) ?? {}
  expect(Object.fromEntries(names ?? [])).toEqual({
    a: 'x#default',
    c: 'x#b',
    d: 'x#d',
    z: 'z#*',
  })
  expect([...(sideEffects ?? [])]).toEqual(['y'])
})
