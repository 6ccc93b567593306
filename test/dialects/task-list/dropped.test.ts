import { expect, test } from 'vitest'
import { isStruckOut, withoutStruckParts } from '../../../src/dialects/task-list/dropped.ts'

test.each([
  '~~Add parser~~',
  '~~T005 Add parser~~',
  '~~T005~~ Add parser',
  '**~~T005~~** Add parser',
  '~~T-05~~ [P] Add parser',
  '~~1.2~~ Add parser',
  '~~Task 4~~: Add parser',
  'T005 ~~Add parser~~ (superseded by T009)',
  '~~MD5~~',
  '~~S3 upload~~ – not needed',
  '~~MD5~~ removed',
])('a task is dropped if it or its id is struck out: %s', rest => {
  expect(isStruckOut(rest)).toBe(true)
})

test.each([
  ['~~MD5~~ SHA-256 for file hashes', 'SHA-256 for file hashes'],
  ['~~SHA-256~~ Argon2 for passwords', 'Argon2 for passwords'],
  ['~~UTF-16~~ Unicode in names', 'Unicode in names'],
  ['~~AES128~~ stronger encryption', 'stronger encryption'],
  ['~~S3~~ GCS upload', 'GCS upload'],
  ['~~H2~~ database in tests', 'database in tests'],
  ['~~T002~~ T003 Add parser', 'T003 Add parser'],
  ['~~1.2~~ 1.3 Add parser', '1.3 Add parser'],
  ['T003 ~~S3~~ GCS upload', 'T003 GCS upload'],
  ['T003 ~~T002~~ Add parser', 'T003 Add parser'],
  ['1.4 ~~1.2~~ Add parser', '1.4 Add parser'],
  ['Support ~~Node 18~~ Node 20', 'Support Node 20'],
])('a task is not dropped if a word of its title is struck out: %s', (rest, title) => {
  expect(isStruckOut(rest)).toBe(false)
  expect(withoutStruckParts(rest).trim()).toBe(title)
})
