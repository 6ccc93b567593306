import { expect, it } from 'vitest'
import {
  acceptOptions,
  isAccepted,
  parseRange,
} from '../../../src/workflow/verify/accepted-missing.ts'

const heard = (chain: string, seq: number) => ({
  chain,
  seq,
  hash: '',
  heard: '',
  clone: '',
  branch: '',
})

it('proposes to accept the events that are missing and none between them', () => {
  const missing = [9, 3, 4].map(seq => heard('a', seq))
  const options = acceptOptions([...missing, heard('b', 1)])
  expect(options).toBe('--accept-missing a:3-4 --accept-missing a:9 --accept-missing b:1')
  const ranges = options
    .split(' ')
    .flatMap(word => (word.startsWith('--') ? [] : (parseRange(word) ?? [])))
  expect(missing.every(one => isAccepted(ranges, one))).toBe(true)
  expect(isAccepted(ranges, heard('a', 6))).toBe(false)
})
