import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createTemporaryFolder } from '../../src/runner/temporary-folder.ts'
import { temporaryFolder } from './project.ts'

test('folders of processes that have ended are deleted, and all other folders stay', () => {
  const parent = temporaryFolder()
  vi.stubEnv('TMPDIR', parent)
  onTestFinished(() => void vi.unstubAllEnvs())
  const ended = spawnSync(process.execPath, ['-e', '']).pid
  const left = ['report', 'checkout', 'app'].map(purpose => `redgreen-${purpose}-${ended}-abc`)
  const others = [
    `redgreen-report-${process.pid}-abc`,
    `redgreen-checkout-1-abc`,
    `redgreen-test-${ended}-abc`,
    `other-${ended}-abc`,
  ]
  for (const name of [...left, ...others]) {
    mkdirSync(path.join(parent, name))
    writeFileSync(path.join(parent, name, 'events'), '')
  }
  const folder = createTemporaryFolder('report')
  expect(path.basename(folder.path).startsWith(`redgreen-report-${process.pid}-`)).toBe(true)
  expect(left.filter(name => existsSync(path.join(parent, name)))).toEqual([])
  expect(others.filter(name => !existsSync(path.join(parent, name)))).toEqual([])
  folder.remove()
  expect(existsSync(folder.path)).toBe(false)
  // Only the first folder of a process costs a look at all of them.
  mkdirSync(path.join(parent, left[0] ?? ''))
  createTemporaryFolder('report').remove()
  expect(existsSync(path.join(parent, left[0] ?? ''))).toBe(true)
})
