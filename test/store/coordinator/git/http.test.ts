import { describe, expect, it, onTestFinished } from 'vitest'
import { StoreUnreachable } from '../../../../src/store/coordinator/coordinator.ts'
import { openGit } from '../../../../src/store/coordinator/git/git-coordinator.ts'
import { addition, fence, linesOf, take } from './decisions.ts'
import { serveRepository } from './http-remote.ts'
import { git, testRemote } from './remote.ts'

const TOKEN = 'glpat-0123456789abcdefghij'

describe('a git remote behind HTTP', () => {
  it.each(['its address', 'a header of the clone', 'a header of the environment'])(
    'takes the token from %s',
    async where => {
      const remote = testRemote()
      remote.push('one', 'two')
      const address = await serveRepository(remote.bare, TOKEN)
      const root = remote.clone('--depth', '1')
      const header = `Authorization: Basic ${Buffer.from(`agent:${TOKEN}`).toString('base64')}`
      git(root, 'remote', 'set-url', 'origin', address)
      if (where === 'its address')
        git(root, 'remote', 'set-url', 'origin', address.replace('//', `//agent:${TOKEN}@`))
      else if (where === 'a header of the clone')
        // As continuous integration does it.
        git(root, 'config', `http.${address}.extraheader`, header)
      else useSetting(`http.${address}.extraheader`, header)
      const store = openGit({ root, remote: 'origin', project: 'o/p' })
      const table = await take(store, 'T1')
      await store.append('f', addition('one', 0, fence(table, 'T1')))
      expect(await linesOf(remote.open())).toEqual(['one'])
      await remote.open().append('f', addition('two', 1))
      expect(await linesOf(store)).toEqual(['one', 'two'])
    },
  )

  it('is unreachable without the token, and nobody is asked for one', async () => {
    const remote = testRemote()
    const root = remote.connected()
    const address = await serveRepository(remote.bare, TOKEN)
    for (const url of [address, address.replace('//', '//agent:wrong@')]) {
      git(root, 'remote', 'set-url', 'origin', url)
      const reading = openGit({ root, remote: 'origin', project: 'o/p' }).leases()
      await expect(reading).rejects.toThrow(StoreUnreachable)
      await expect(reading).rejects.toThrow(
        /^(could not read Username|Authentication failed) for '?http:\/\/127\.0\.0\.1/,
      )
      await expect(reading).rejects.not.toThrow(/wrong/)
    }
  })
})

function useSetting(name: string, value: string): void {
  const variables = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: name, GIT_CONFIG_VALUE_0: value }
  Object.assign(process.env, variables)
  onTestFinished(() => {
    for (const variable of Object.keys(variables)) delete process.env[variable]
  })
}
