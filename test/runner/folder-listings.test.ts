import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { mayExist, withCachedListings } from '../../src/runner/folder-listings.ts'
import { temporaryFolder } from '../kit/folder.ts'

const NAMES = ['jest.config.js', 'config/jest.js', 'Makefile', 'gone.toml', 'gone/a.ts']

it('one look answers what a folder does not have, and leaves the rest to the disk', () => {
  const folder = temporaryFolder()
  writeFileSync(path.join(folder, 'jest.config.js'), '')
  mkdirSync(path.join(folder, 'config'))
  writeFileSync(path.join(folder, 'makefile'), '')
  const answers = () => NAMES.map(name => mayExist(folder, name))
  expect(withCachedListings(answers)).toEqual([true, true, true, false, false])
  expect(answers()).toEqual([true, true, true, true, true])
})

it('names in another form, and folders that cannot be listed, are left to the disk', () => {
  const folder = temporaryFolder()
  withCachedListings(() => {
    for (const name of ['../x', './x', 'é.toml', 'a b', ''])
      expect(mayExist(folder, name)).toBe(true)
    expect(mayExist(path.join(folder, 'gone'), 'x')).toBe(true)
  })
})

it('a new look sees what changed since, also after an error', () => {
  const folder = temporaryFolder()
  const look = () => withCachedListings(() => mayExist(folder, 'a.toml'))
  expect(look()).toBe(false)
  expect(() =>
    withCachedListings(() => {
      mayExist(folder, 'a.toml')
      throw new Error('over')
    }),
  ).toThrow('over')
  writeFileSync(path.join(folder, 'a.toml'), '')
  expect(look()).toBe(true)
})
