import { expect, test } from 'vitest'
import { newCookies, type SharedCookie } from '../../src/runner/cookies.ts'

const HERE = new URL('http://localhost:4190/shop/a')
const LINES = [
  'sid=s1; Path=/; HttpOnly; SameSite=Strict',
  'theme=dark; Path=/shop; Max-Age=600',
  'safe=1; Path=/; Secure; SameSite=None',
]

test('cookies that are passed to a page and returned are unchanged', () => {
  const cookies = newCookies()
  cookies.store(HERE, LINES)
  const before = cookies.header(HERE)
  const shared = cookies.all()
  expect(shared.map(({ name }) => name).toSorted()).toEqual(['safe', 'sid', 'theme'])
  expect(shared.find(({ name }) => name === 'sid')).toEqual<SharedCookie>({
    name: 'sid',
    value: 's1',
    domain: 'localhost',
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Strict',
  })
  const returned = newCookies()
  returned.store(HERE, ['gone=1; Path=/'])
  returned.replace(shared)
  expect(returned.header(HERE).split('; ').toSorted()).toEqual(before.split('; ').toSorted())
  expect(returned.header(HERE)).not.toContain('gone')
  const expires = shared.find(({ name }) => name === 'theme')?.expires ?? 0
  expect(expires).toBeGreaterThan(Date.now() / 1000)
  expect(returned.all().find(({ name }) => name === 'theme')?.expires).toBe(expires)
})

test('a cookie for subdomains stays valid for subdomains', () => {
  const cookies = newCookies()
  cookies.replace([
    {
      name: 'a',
      value: '1',
      domain: '.shop.example',
      path: '/',
      expires: -1,
      httpOnly: false,
      secure: false,
    },
  ])
  expect(cookies.header(new URL('http://till.shop.example/'))).toBe('a=1')
  expect(cookies.all()).toMatchObject([{ domain: '.shop.example' }])
})
