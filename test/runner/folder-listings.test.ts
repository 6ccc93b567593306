import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { mayExist, withCachedListings } from '../../src/runner/folder-listings.ts'
import { temporaryFolder } from '../kit/folder.ts'

const NAMES = ['jest.config.js', 'config/jest.js', 'Makefile', 'gone.toml', 'gone/a.ts']

it('rules out names that a folder does not have', () => {
  const folder = temporaryFolder()
  writeFileSync(path.join(folder, 'jest.config.js'), '')
  mkdirSync(path.join(folder, 'config'))
  writeFileSync(path.join(folder, 'makefile'), '')
  const answers = () => NAMES.map(name => mayExist(folder, name))
  expect(withCachedListings(answers)).toEqual([true, true, true, false, false])
  expect(answers()).toEqual([true, true, true, true, true])
})

it('rules out nothing for unusual names and for folders that cannot be listed', () => {
  const folder = temporaryFolder()
  withCachedListings(() => {
    for (const name of ['../x', './x', 'é.toml', 'a b', ''])
      expect(mayExist(folder, name)).toBe(true)
    expect(mayExist(path.join(folder, 'gone'), 'x')).toBe(true)
  })
})

it('forgets the listings when the work ends, also with an error', () => {
  const folder = temporaryFolder()
  const isThere = () => withCachedListings(() => mayExist(folder, 'a.toml'))
  expect(isThere()).toBe(false)
  expect(() =>
    withCachedListings(() => {
      mayExist(folder, 'a.toml')
      throw new Error('over')
    }),
  ).toThrow('over')
  writeFileSync(path.join(folder, 'a.toml'), '')
  expect(isThere()).toBe(true)
})
