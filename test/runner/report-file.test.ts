import { execFileSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { readReport } from '../../src/runner/report-file.ts'
import { folderWith } from './project.ts'

test('a report is read as text, and one that does not exist is empty', () => {
  const folder = folderWith({ events: 'ä\n', empty: '' })
  const texts = ['events', 'empty', 'missing'].map(name => readReport(path.join(folder, name)))
  expect(texts).toEqual(['ä\n', '', ''])
})

test.skipIf(process.platform === 'win32')(
  'a report that a test replaced by a named pipe is empty, and blocks nobody',
  () => {
    const pipe = path.join(folderWith({}), 'events')
    execFileSync('mkfifo', [pipe])
    expect(readReport(pipe)).toBe('')
  },
)
