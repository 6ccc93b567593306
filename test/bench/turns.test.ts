import { expect, it } from 'vitest'
import { inTurns } from '../../scripts/bench/peers/turns.ts'

it('measures the entries in turn', async () => {
  const order: string[] = []
  const entry = (name: string) => async () => order.push(name)
  const outcomes = await inTurns({ a: entry('a'), b: entry('b') }, { rounds: 2, seconds: 60 })
  expect(order).toEqual(['a', 'b', 'a', 'b'])
  expect(outcomes).toEqual({ a: { figures: [1, 3] }, b: { figures: [2, 4] } })
})

it('reports an entry that fails as missing, and goes on with the others', async () => {
  const broken = () => Promise.reject(new Error('no such tool\nstack'))
  const outcomes = await inTurns({ broken, b: async () => 5 }, { rounds: 2, seconds: 60 })
  expect(outcomes).toEqual({ broken: { missing: 'no such tool' }, b: { figures: [5, 5] } })
})

it('ends with an entry that has used up its time', async () => {
  const outcomes = await inTurns({ slow: async () => 1 }, { rounds: 50, seconds: 0 })
  expect(outcomes).toEqual({ slow: { figures: [1] } })
})
