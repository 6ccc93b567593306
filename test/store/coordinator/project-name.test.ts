import { describe, expect, it } from 'vitest'
import { nameIn } from '../../../src/store/coordinator/project-name.ts'

describe('the name of a project in a shared store', () => {
  it.each([
    ['https://host.example/team/shop.git', 'team/shop'],
    ['https://host.example:8443/Team/Shop', 'team/shop'],
    ['https://user:pass/word@host.example/team/shop.git', 'team/shop'],
    ['https://user:p@ss@host.example/team/shop.git?x=/a/b', 'team/shop'],
    ['ssh://git@host.example:2222/group/team/shop.git', 'team/shop'],
    ['git@host.example:team/shop.git', 'team/shop'],
    ['http://proxy@127.0.0.1:18080/git/team/shop', 'team/shop'],
    ['/srv/git/team/shop.git/', 'team/shop'],
    ['C:\\git\\team\\shop.git', 'team/shop'],
    ['../team/shop.git', 'team/shop'],
  ])('of %s is the end of its path', (address, name) => {
    expect(nameIn(address)).toBe(name)
  })

  it.each([
    'https://x-access-token:GHS_secret@host.example/shop.git',
    'git@host.example:shop.git',
    'https://host.example:8443/shop.git',
    'ssh://git@host.example/shop',
  ])('of %s is its host and its path, without a user, a token or a port', address => {
    expect(nameIn(address)).toBe('host.example/shop')
  })

  it('is missing without a path', () => {
    expect(['', '/', 'https://host.example'].map(nameIn)).toEqual([
      undefined,
      undefined,
      'host.example',
    ])
  })
})
