import { describe, expect, it, type TestContext } from 'vitest'
import { isOnPath } from '../../../src/runner/program.ts'
import { someOf } from '../../kit/slow.ts'
import { unreachedIn, verdictOn, type MutationCase } from '../../kit/mutation-cases.ts'
import { honestJavaScript, vacuousJavaScript } from './cases/javascript.ts'
import { honestOthers, vacuousOthers } from './cases/others.ts'

const vacuous = [...someOf(2, vacuousJavaScript), ...someOf(1, vacuousOthers)]
const honest = [...someOf(3, honestJavaScript), ...someOf(1, honestOthers)]

/** The program of each runner. */
const PROGRAMS: Record<string, string> = {
  pytest: 'pytest',
  'go test': 'go',
  minitest: 'ruby',
  rspec: 'rspec',
  phpunit: 'phpunit',
  'cargo test': 'cargo',
}

function requireRunner({ runner }: MutationCase, { skip }: TestContext): void {
  const program = PROGRAMS[runner]
  if (program !== undefined && !isOnPath(program)) skip(`needs ${program}`)
}

describe('a test that asserts nothing about the code is weak', () => {
  const rows = vacuous.map(([one, names]) => ({ ...one, one, names }))
  it.for(rows)('$runner: $name', async ({ one, names }, context) => {
    requireRunner(one, context)
    const { verdict, text } = await verdictOn(one)
    expect([verdict, text]).toEqual(['weak', expect.stringMatching(names)])
  })
})

describe('a test of real behaviour is not weak', () => {
  const rows = honest.map(one => ({ ...one, one }))
  it.for(rows)('$runner: $name', async ({ one }, context) => {
    requireRunner(one, context)
    const { verdict, text } = await verdictOn(one)
    expect([verdict, text]).not.toEqual(['weak', text])
  })
})

describe('a test of real behaviour reaches an assertion', () => {
  const rows = honest.map(one => ({ ...one, one }))
  it.for(rows)('$runner: $name', async ({ one }, context) => {
    requireRunner(one, context)
    const { judged, unreached } = await unreachedIn(one)
    // PHPUnit itself calls a test without an assertion risky.
    expect([judged.length > 0, unreached]).toEqual([one.runner !== 'phpunit', []])
  })
})
