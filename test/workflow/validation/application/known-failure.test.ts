import { expect, it } from 'vitest'
import { knownFailures } from '../../../../src/workflow/validation/application/known-failure.ts'

const NONE = {
  output: '',
  notFound: [],
  present: [],
  missingArtifacts: [],
  emptyPage: false,
  crossOrigin: [],
  ended: false,
}

it.each([
  ['Missing environment variable API_KEY', 'API_KEY'],
  ['Error: DATABASE_URL is not set', 'DATABASE_URL'],
  ["KeyError: 'SECRET_KEY'", 'SECRET_KEY'],
  ['ValueError: missing required env vars: REDIS_URL, X', 'REDIS_URL'],
  ['OPENAI_KEY must be set', 'OPENAI_KEY'],
  ['panic: required environment variable "JWT_SECRET" not set', 'JWT_SECRET'],
])('%j names the variable %s', (output, name) => {
  const [known] = knownFailures({ ...NONE, output, ended: true })
  expect(known?.symptom).toContain(`because ${name} is missing`)
})

it.each([
  ["Error: Cannot find module '/app/dist/server.js'", 'build was not run'],
  ['Error: listen EADDRINUSE: address already in use :::3000', 'listens on the port'],
  ['Continue? [y/N]', 'standard input'],
])('%j is recognised: %s', (output, cause) => {
  expect(knownFailures({ ...NONE, output, ended: true })[0]?.cause).toContain(cause)
})

it.each(['all is well, missing nothing', 'PORT is set to 4190', 'NODE_ENV=production'])(
  '%j is not recognised as a failure',
  output => {
    expect(knownFailures({ ...NONE, output, ended: true })).toEqual([])
  },
)
