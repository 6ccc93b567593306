import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAddress, placeOf } from '../../../../src/store/coordinator/postgres/address.ts'
import { loadDriver } from '../../../../src/store/coordinator/postgres/driver.ts'
import { unreachable } from '../../../../src/store/coordinator/postgres/failure.ts'
import { temporaryFolder } from '../../../kit/folder.ts'

const USERS = {
  PGHOST: 'mine.example',
  PGUSER: 'ann',
  PGPASSWORD: 'secret',
  PGDATABASE: 'hers',
  PGPORT: '6000',
  PGSSLMODE: 'no-verify',
}

describe('the URL of a shared store', () => {
  it('names where the database is, and as whom it is used', () => {
    expect(parseAddress('postgresql://a%40b:c%2Fd@db.example:5433/e%20f', undefined)).toEqual({
      host: 'db.example',
      port: 5433,
      user: 'a@b',
      password: 'c/d',
      database: 'e f',
      tls: { rejectUnauthorized: true },
    })
    const socket = parseAddress('postgres://u:p@/d?host=/run/postgresql&project=x', undefined)
    expect(socket).toMatchObject({ host: '/run/postgresql', port: 5432, tls: false })
    const address = parseAddress('postgres://u:p@[::1]/d', undefined)
    expect([address.host, placeOf(address)]).toEqual(['::1', '[::1]:5432'])
  })

  it('can give the database more time, and not without end', () => {
    const limitsOf = (parameters: string) =>
      parseAddress(`postgres://u:p@h/d?${parameters}`, undefined).limits
    expect(limitsOf('connect_timeout=30')).toEqual({ connect: 30_000 })
    expect(limitsOf('statement_timeout=60')).toEqual({ statement: 60_000, answer: 65_000 })
    expect(limitsOf('sslmode=disable')).toBeUndefined()
    for (const wrong of ['connect_timeout=0', 'statement_timeout=19', 'connect_timeout=1e9'])
      expect(() => limitsOf(wrong)).toThrow('is not a number from')
  })

  it('of a repository gets nothing from the environment', () => {
    expect(parseAddress('postgres://u@localhost/d', undefined).password).toBe('')
    expect(() => parseAddress('postgres:///d', undefined)).toThrow('names no host')
    expect(() => parseAddress('postgres://localhost/d', undefined)).toThrow('names no user')
    expect(() => parseAddress('postgres://u@localhost', undefined)).toThrow('names no database')
    expect(() => parseAddress('postgres://u:p@h/d?sslkey=/etc/passwd', undefined)).toThrow(
      'counts only in REDGREEN_SHARED_URL',
    )
  })

  it('of the user is completed from the environment', () => {
    expect(parseAddress('postgres://', USERS)).toEqual({
      host: 'mine.example',
      port: 6000,
      user: 'ann',
      password: 'secret',
      database: 'hers',
      tls: { rejectUnauthorized: false },
    })
    const given = parseAddress('postgres://u:p@h:1/d?sslmode=verify-full', USERS)
    expect(given).toMatchObject({ host: 'h', port: 1, user: 'u', password: 'p', database: 'd' })
    expect(given.tls).toEqual({ rejectUnauthorized: true })
    // pg may look into the user's file of passwords.
    expect(parseAddress('postgres://u@h/d', {}).password).toBeUndefined()
  })

  it('may name files of certificates if it is the user’s', () => {
    const file = path.join(temporaryFolder(), 'ca.pem')
    writeFileSync(file, 'CA')
    const { tls } = parseAddress(`postgres://u:p@localhost/d?sslrootcert=${file}`, {})
    expect(tls).toEqual({ rejectUnauthorized: true, ca: 'CA' })
    expect(() => parseAddress('postgres://u:p@h/d?sslrootcert=/none', {})).toThrow('cannot be read')
  })

  it.each([
    ['db.example', { rejectUnauthorized: true }],
    ['10.1.2.3', { rejectUnauthorized: true }],
    ['db.example/d?sslmode=require', { rejectUnauthorized: true }],
    ['db.example/d?sslmode=no-verify', { rejectUnauthorized: false }],
    ['db.example/d?sslmode=disable', false],
    ['localhost', false],
    ['127.0.0.2', false],
    ['127.evil.example', { rejectUnauthorized: true }],
    ['localhost/d?sslmode=require', { rejectUnauthorized: true }],
  ])('checks the certificate of another machine: %s', (rest, tls) => {
    const url = `postgres://u:p@${rest.includes('/') ? rest : `${rest}/d`}`
    expect(parseAddress(url, undefined).tls).toEqual(tls)
  })

  it.each([
    ['mysql://u:hunter2@h/d', 'not of the form'],
    ['hunter2', 'not of the form'],
    ['', 'not of the form'],
    ['postgres://u:hunter2#x@h/d', 'not of the form'],
    ['postgres://u:1#hunter2@h/d', '%23'],
    ['postgres://u:1/hunter2@h/d', '%23'],
    ['postgres://u:1?hunter2@h/d', '%23'],
    ['postgres://u:%zzhunter2@h/d', 'hexadecimal'],
    ['postgres://u:hunter2@h/d?sslmode=maybe', 'unknown sslmode'],
    ['postgres://u:hunter2@h/d?options=-c', 'unknown parameter'],
    ['postgres://u:1?hunter2&x=hunter2', 'unknown parameter'],
    ['postgres://u:hunter2@h:99999/d', 'not of the form'],
  ])('that is wrong is refused without its password: %s', (url, expected) => {
    let message = ''
    try {
      parseAddress(url, undefined)
    } catch (error) {
      message = String(error)
    }
    expect(message).toContain(expected)
    expect(message).not.toContain('hunter2')
  })
})

describe('the reason why a database cannot be used', () => {
  const address = parseAddress('postgres://u:hunter2@db.example/d', undefined)

  it.each([
    [{ code: 'ENOTFOUND' }, 'the host db.example is not known'],
    [
      { code: 'ETIMEDOUT' },
      'db.example:5432 gave no answer in time: check that the database runs there (connect_timeout and statement_timeout in its URL give it longer)',
    ],
    [{ code: '57P03' }, 'the database at db.example:5432 is starting or shutting down'],
    [{ code: '53200' }, 'the database at db.example:5432 is out of memory'],
    [
      { code: 'CERT_HAS_EXPIRED' },
      'the certificate of db.example:5432 is not accepted (CERT_HAS_EXPIRED)',
    ],
    [
      { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      'the certificate of db.example:5432 is for another host',
    ],
  ])('is clear: %j', (error, reason) => {
    expect(unreachable(Object.assign(new Error('x'), error), address).message).toBe(reason)
  })

  it('has one short line of what a server says, without the password that it got', () => {
    const answer = Object.assign(new Error(`no\u001b[31m hunter2 ${'x'.repeat(500)}\nmore`), {
      code: 'XX000',
    })
    const { message } = unreachable(answer, address)
    expect(message).toMatch(/^the database at db\.example:5432 answered: no \[31m … x+ \(XX000\)$/)
    expect(message.length).toBeLessThan(280)
  })

  it('is that pg is not installed, and how to install it', async () => {
    await expect(loadDriver(() => Promise.reject(new Error('missing')))).rejects.toThrow(
      'npm install pg',
    )
  })
})
