import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openTemporary } from '../../src/runner/temporary.ts'
import { temporaryFolder } from './project.ts'

test('folders of processes that are gone are taken away, those of others stay', async () => {
  const place = temporaryFolder()
  vi.stubEnv('TMPDIR', place)
  onTestFinished(() => void vi.unstubAllEnvs())
  const gone = spawnSync(process.execPath, ['-e', '']).pid
  const left = [`redgreen-report-${gone}-abc`, `redgreen-scratch-${gone}-abc`]
  const kept = [
    `redgreen-report-${process.pid}-abc`,
    `redgreen-scratch-1-abc`,
    `redgreen-test-${gone}-abc`,
    `other-${gone}-abc`,
  ]
  for (const name of [...left, ...kept]) {
    mkdirSync(path.join(place, name))
    writeFileSync(path.join(place, name, 'events'), '')
  }
  const folder = await openTemporary('report')
  expect(path.basename(folder).startsWith(`redgreen-report-${process.pid}-`)).toBe(true)
  expect(left.filter(name => existsSync(path.join(place, name)))).toEqual([])
  expect(kept.filter(name => !existsSync(path.join(place, name)))).toEqual([])
  rmSync(folder, { recursive: true })
})
