import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { StoreUnreachable } from '../../../../src/store/coordinator/coordinator.ts'
import { openGit } from '../../../../src/store/coordinator/git/git-coordinator.ts'
import { temporaryFolder } from '../../../kit/folder.ts'
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

describe.skipIf(process.platform === 'win32')('a credential helper', () => {
  it('is started if the user names it, and not if the clone names it', async () => {
    const remote = testRemote()
    const root = remote.connected()
    git(root, 'remote', 'set-url', 'origin', await serveRepository(remote.bare, TOKEN))
    const home = temporaryFolder()
    const usual = process.env['HOME']
    process.env['HOME'] = home
    onTestFinished(() => {
      process.env['HOME'] = usual
    })
    const marker = path.join(home, 'ran')
    const helper = (file: string) =>
      `!f() { echo >> '${file}'; echo username=agent; echo password=${TOKEN}; }; f`
    git(root, 'config', 'credential.helper', helper(marker))
    const store = openGit({ root, remote: 'origin', project: 'o/p' })
    await expect(store.leases()).rejects.toThrow("credential.helper of the repository's own")
    git(home, 'config', '--global', 'credential.helper', helper(path.join(home, 'asked')))
    expect(await store.leases()).toEqual({ number: 0, leases: {} })
    expect([existsSync(marker), existsSync(path.join(home, 'asked'))]).toEqual([false, true])
  })
})

function useSetting(name: string, value: string): void {
  const variables = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: name, GIT_CONFIG_VALUE_0: value }
  Object.assign(process.env, variables)
  onTestFinished(() => {
    for (const variable of Object.keys(variables)) delete process.env[variable]
  })
}
