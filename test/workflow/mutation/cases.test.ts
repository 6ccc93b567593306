import { describe, expect, it } from 'vitest'
import { someOf } from '../../kit/slow.ts'
import { verdictOn } from '../../kit/mutation-cases.ts'
import { honestJavaScript, vacuousJavaScript } from './cases/javascript.ts'

const name = <T extends { name: string; runner: string }>(one: T) => `${one.name} (${one.runner})`

describe('a test that asserts nothing about the code is weak', () => {
  const rows = vacuousJavaScript.map(([one, names]) => [name(one), one, names] as const)
  it.each(someOf(3, rows))('%s', async (_name, one, names) => {
    const { verdict, text } = await verdictOn(one)
    expect([verdict, text]).toEqual(['weak', expect.stringMatching(names)])
  })
})

describe('a test of real behaviour is not weak', () => {
  const rows = honestJavaScript.map(one => [name(one), one] as const)
  it.each(someOf(3, rows))('%s', async (_name, one) => {
    const { verdict, text } = await verdictOn(one)
    expect([verdict, text]).not.toEqual(['weak', text])
  })
})
