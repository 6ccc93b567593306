import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTime, sowable } from '../src/calendar.js'

const pea = { name: 'pea', first: 3, last: 6 }
const garlic = { name: 'garlic', first: 10, last: 2 }

test('a season includes its first and its last month', () => {
  const months = [2, 3, 6, 7].map(month => isTime(pea, month))
  assert.deepEqual(months, [false, true, true, false])
})

test('a season can cross the end of the year', () => {
  const months = [12, 1, 3].map(month => isTime(garlic, month))
  assert.deepEqual(months, [true, true, false])
})

test('the seeds that can be sown are listed by name', () => {
  const kale = { name: 'kale', first: 4, last: 6 }
  assert.deepEqual(sowable([pea, kale, garlic], 4), ['kale', 'pea'])
})
