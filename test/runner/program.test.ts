import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { afterEach, expect, test, vi } from 'vitest'
import { findProgram, isOnPath, pathOutside } from '../../src/runner/program.ts'
import { runProcess } from '../../src/runner/run.ts'
import type { ProcessEnd } from '../../src/runner/run-request.ts'
import { makeProject } from '../kit/project.ts'

afterEach(() => vi.unstubAllEnvs())

const NAME = 'program-of-this-test'

/** Folders with the program in many states, and a workspace that has it too. */
function folders() {
  const { root } = makeProject(
    {
      [`good/${NAME}`]: '#!/bin/sh\n',
      [`plain/${NAME}`]: '#!/bin/sh\n',
      [`workspace/${NAME}`]: '#!/bin/sh\n',
      [`workspace/bin/${NAME}`]: '#!/bin/sh\n',
      file: '',
    },
    { git: false },
  )
  const at = (name: string) => path.join(root, name)
  for (const folder of ['good', 'workspace', 'workspace/bin'])
    chmodSync(at(`${folder}/${NAME}`), 0o755)
  chmodSync(at(`plain/${NAME}`), 0o644)
  for (const folder of ['folder', 'dangling', 'loop']) mkdirSync(at(folder))
  mkdirSync(at(`folder/${NAME}`))
  symlinkSync(at('nowhere'), at(`dangling/${NAME}`))
  symlinkSync(NAME, at(`loop/${NAME}`))
  symlinkSync(at('workspace/bin'), at('link'))
  return { at }
}

function withPath(...entries: string[]): void {
  vi.stubEnv('PATH', entries.join(path.delimiter))
}

test.runIf(process.platform !== 'win32')('a program is found past entries that have none', () => {
  const { at } = folders()
  const without = ['plain', 'folder', 'dangling', 'loop', 'file', 'missing'].map(at)
  withPath(...without)
  expect(isOnPath(NAME)).toBe(false)
  withPath(...without, at('good'))
  expect(isOnPath(NAME)).toBe(true)
  expect(findProgram(NAME, at('workspace'))).toBe(at(`good/${NAME}`))
})

test('relative and empty entries are not folders of programs', () => {
  const { at } = folders()
  const relative = path.relative(process.cwd(), at('good'))
  withPath('', '.', relative, `./${relative}`)
  expect(isOnPath(NAME)).toBe(false)
})

test.runIf(process.platform !== 'win32')(
  'the program that runs is the one that was found',
  async () => {
    const { at } = folders()
    for (const folder of ['workspace', 'workspace/bin'])
      writeFileSync(at(`${folder}/${NAME}`), '#!/bin/sh\necho of the workspace\n')
    writeFileSync(at(`good/${NAME}`), '#!/bin/sh\necho found\n')
    const textOf = ({ output, reason = '' }: ProcessEnd) => output.trim() + reason
    const run = async (env: Record<string, string> = {}) =>
      textOf(await runProcess({ argv: [NAME], cwd: at('workspace'), env, timeoutMs: 10_000 }))
    for (const relative of ['', '.', 'bin', './bin', '../workspace']) {
      withPath(relative, at('good'), '/bin', '/usr/bin')
      expect(await run()).toBe('found')
    }
    withPath('.', 'bin', '/bin', '/usr/bin')
    expect(await run()).toContain('was not found')
    // A human wrote the settings, and may name a folder of the project there.
    expect(await run({ PATH: 'bin:/bin' })).toBe('of the workspace')
    withPath(at('workspace/bin'), at('good'), '/bin', '/usr/bin')
    expect(await run()).toBe('of the workspace')
  },
)

test.runIf(process.platform !== 'win32')('a program is started by its full path', async () => {
  const { at } = folders()
  withPath(at('missing'), path.dirname(process.execPath))
  const argv = [path.basename(process.execPath), '-p', 'process.argv0']
  const { output } = await runProcess({ argv, cwd: at('good'), timeoutMs: 10_000 })
  expect(output.trim()).toBe(process.execPath)
})

test('a program of the workspace is not found outside of it', () => {
  const { at } = folders()
  withPath(at('workspace'), at('workspace/bin'), at('link'))
  expect(isOnPath(NAME)).toBe(true)
  expect(findProgram(NAME, at('workspace'))).toBeUndefined()
  expect(pathOutside(at('workspace'))).toBe(path.dirname(process.execPath))
  withPath(at('workspace'), at('good'))
  expect(findProgram(NAME, at('workspace'))).toBe(at(`good/${NAME}`))
})
