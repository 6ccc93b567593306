import { expect, test } from 'vitest'
import { newCookies, type SharedCookie } from '../../src/runner/cookies.ts'

const HERE = new URL('http://localhost:4190/desk/a')
const LINES = [
  'sid=s1; Path=/; HttpOnly; SameSite=Strict',
  'theme=dark; Path=/desk; Max-Age=600',
  'safe=1; Path=/; Secure; SameSite=None',
]

test('cookies that are handed over and back are the same', () => {
  const cookies = newCookies()
  cookies.store(HERE, LINES)
  const before = cookies.header(HERE)
  const there = cookies.all()
  expect(there.map(({ name }) => name).toSorted()).toEqual(['safe', 'sid', 'theme'])
  expect(there.find(({ name }) => name === 'sid')).toEqual<SharedCookie>({
    name: 'sid',
    value: 's1',
    domain: 'localhost',
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Strict',
  })
  const back = newCookies()
  back.store(HERE, ['gone=1; Path=/'])
  back.replace(there)
  expect(back.header(HERE).split('; ').toSorted()).toEqual(before.split('; ').toSorted())
  expect(back.header(HERE)).not.toContain('gone')
  const ends = there.find(({ name }) => name === 'theme')?.expires ?? 0
  expect(ends).toBeGreaterThan(Date.now() / 1000)
  expect(back.all().find(({ name }) => name === 'theme')?.expires).toBe(ends)
})

test('a cookie for the hosts below stays one', () => {
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
