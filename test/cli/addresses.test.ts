import { expect, it } from 'vitest'
import { withPaths } from '../../src/cli/addresses.ts'
import { makeProject } from '../kit/project.ts'

it('an address that only a client can open becomes a path or a command, and others stay', () => {
  const { root } = makeProject(
    {
      '.redgreen/local/runs/0e21cb97131c.log': 'x',
      '.redgreen/reports/001-chat.md': 'x',
      '.redgreen/local/screenshots/0123.png': 'x',
    },
    { git: false },
  )
  const shown = (text: string) => withPaths(text, root)
  expect(shown('exit code 1. Log: redgreen://001-chat/runs/0e21cb97131c\nx')).toBe(
    'exit code 1. Log: .redgreen/local/runs/0e21cb97131c.log\nx',
  )
  expect(shown('the report (redgreen://001-chat/validation, again).')).toBe(
    'the report (.redgreen/reports/001-chat.md, again).',
  )
  expect(shown('See redgreen://001-chat/evidence/T001%232.')).toBe('See `redgreen show T001#2`.')
  expect(shown('redgreen://001-chat/progress')).toBe('`redgreen status`')
  expect(shown('redgreen://001-chat/screenshots/0123.png, ')).toBe(
    '.redgreen/local/screenshots/0123.png, ',
  )
  // The log of another clone, and documents that have a path anyway.
  const others = ['runs/aaaaaaaaaaaa', 'spec', 'runs/%zz', 'runs/..%2f..%2fpackage.json', 'a%']
  for (const address of others.map(name => `redgreen://001-chat/${name}`))
    expect(shown(`Log: ${address}.`)).toBe(`Log: ${address}.`)
})

it.each(Object.getOwnPropertyNames(Object.prototype))(
  'an address with a name that every object has stays: %s',
  name => {
    const text = `T001 Parse redgreen://a/${name} and redgreen://${name}/${name}/1`
    expect(withPaths(text, '/no/such/folder')).toBe(text)
  },
)
