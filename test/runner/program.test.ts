import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { afterEach, expect, test, vi } from 'vitest'
import { findProgram, isOnPath, pathOutside } from '../../src/runner/program.ts'
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

test('relative and empty entries are no folders of programs', () => {
  const { at } = folders()
  const relative = path.relative(process.cwd(), at('good'))
  withPath('', '.', relative, `./${relative}`)
  expect(isOnPath(NAME)).toBe(false)
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
