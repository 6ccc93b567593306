import path from 'node:path'
import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { childEnvironment } from '../../src/runner/environment.ts'

const NODE = path.dirname(process.execPath)
const pathOf = (own: NodeJS.ProcessEnv, extra = {}) =>
  childEnvironment(own, { env: extra }, 'r')['PATH']

describe('the PATH of a child process', () => {
  test.each([
    ['a PATH without Node', { PATH: '/a' }, ['/a', NODE]],
    ['a PATH with Node, which keeps its order', { PATH: `${NODE}:/a` }, [NODE, '/a']],
    ['an empty PATH', { PATH: '' }, [NODE]],
    ['no PATH at all', {}, [NODE]],
  ])('has the folder of the running Node: %s', (_, own, folders) => {
    expect(pathOf(own)).toBe(folders.join(path.delimiter))
  })

  test('has no entry that depends on the working directory', () => {
    const relative = ['', '.', 'bin', './node_modules/.bin', '..', '/a'].join(path.delimiter)
    expect(pathOf({ PATH: relative })).toBe(['/a', NODE].join(path.delimiter))
    expect(childEnvironment({ Path: relative }, {}, 'r')['Path']).toBe(
      ['/a', NODE].join(path.delimiter),
    )
  })

  test('of the settings keeps it, because a human wrote or approved it', () => {
    expect(pathOf({ PATH: '/a' }, { PATH: 'bin' })).toBe(['bin', NODE].join(path.delimiter))
  })

  test('of the settings has it too', () => {
    expect(pathOf({ PATH: '/a' }, { PATH: '/own' })).toBe(['/own', NODE].join(path.delimiter))
  })
})
