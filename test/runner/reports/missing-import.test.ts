import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findMissingImport } from '../../../src/runner/reports/missing-import.ts'

const ROOT = path.resolve('/w')
const FILE = path.join(ROOT, 'a.test.ts')

describe('a missing import', () => {
  const cases: [string, object | undefined][] = [
    [`Cannot find module '../src/m.mjs' imported from '${FILE}'`, { missing: '../src/m.mjs' }],
    [`Cannot find module '${ROOT}/src/m.mjs' imported from ${FILE}`, { missing: './src/m.mjs' }],
    [
      `Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'left' imported from ${FILE}`,
      { missing: 'left' },
    ],
    [`Failed to resolve import "./m" from "a.test.ts". Does the file exist?`, { missing: './m' }],
    [`Failed to load url ./m (resolved id: ./m) in ${FILE}.`, { missing: './m' }],
    [`Cannot find module './m'\nRequire stack:\n- ${FILE}`, { missing: './m' }],
    [
      `SyntaxError: The requested module './m.js' does not provide an export named 'nope'`,
      { missing: 'nope', missingFrom: './m.js' },
    ],
    [
      `SyntaxError: Named export 'nope' not found. The requested module 'pkg' is a CommonJS module`,
      { missing: 'nope', missingFrom: 'pkg' },
    ],
    // The module that the test loads is there, and one that it loads itself is not.
    [
      `Cannot find module '${ROOT}/src/m.mjs' imported from ${ROOT}/src/b.mjs`,
      { missing: './src/m.mjs' },
    ],
    [
      `Cannot find module './m'\nRequire stack:\n- ${ROOT}/src/b.js\n- ${FILE}`,
      { missing: './src/m' },
    ],
    [`Failed to load url ../m (resolved id: ../m) in ${ROOT}/src/b/c.ts.`, { missing: './src/m' }],
    [`Cannot find package 'left' imported from ${ROOT}/src/b.mjs`, { missing: 'left' }],
    [`SyntaxError: missing ) after argument list`, undefined],
  ]
  test.each(cases)('is read from: %s', (message, expected) => {
    expect(findMissingImport(message, FILE)).toEqual(expected)
  })

  test('is read from an importer that is named relative to the project', () => {
    const message = 'Failed to resolve import "./m" from "src/plan/plan.ts". Does the file exist?'
    const file = path.resolve('test/unit/a.test.ts')
    expect(findMissingImport(message, file)).toEqual({ missing: '../../src/plan/m' })
  })

  // What nothing declares, a member of the test's own class, and members of other classes.
  test.each([
    ['cannot find symbol: class Adder', 'Adder', './'],
    ['cannot find symbol: class Adder in package com.acme', 'Adder', './'],
    ['cannot find symbol: class Adder in class SumsTest', 'Adder', './'],
    ['cannot find symbol: variable Adder in class SumsTest', 'Adder', './'],
    [
      'cannot find symbol: method <String>sum(int,String) in class com.acme.Sums',
      'sum',
      'com.acme.Sums',
    ],
    ['cannot find symbol: method sum() in variable sums of type Sums', 'sum', 'Sums'],
    ["Unresolved reference 'sum'.", 'sum', './'],
    ['Unresolved reference: sum', 'sum', './'],
  ])('is read from a compiler of Java or Kotlin: %s', (message, missing, missingFrom) => {
    const file = path.join(ROOT, 'src/test/java/SumsTest.java')
    expect(findMissingImport(message, file)).toEqual({ missing, missingFrom })
  })
})
