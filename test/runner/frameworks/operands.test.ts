import { chmodSync } from 'node:fs'
import { expect, test } from 'vitest'
import { django } from '../../../src/runner/frameworks/django.ts'
import { gradle } from '../../../src/runner/frameworks/gradle.ts'
import { operands } from '../../../src/runner/operands.ts'
import { requestFor } from '../reports/request.ts'

test('a double dash stands before arguments if one of them could be read as an option', () => {
  expect(operands(['a', '--b'])).toEqual(['--', 'a', '--b'])
  expect(operands(['a', 'b--'])).toEqual(['a', 'b--'])
})

test('a module of Django is not an option', () => {
  const request = requestFor('.venv/bin/python', '--settings=evil/test_x.py')
  const files = request.files.slice(1)
  const argv = django.command({ ...request, files })?.argv
  expect(argv?.slice(-2)).toEqual(['--', '--settings=evil.test_x'])
})

test('a class of Gradle is not an option', () => {
  const request = requestFor('gradlew', 'src/test/java/--init-script=xTest.java')
  chmodSync(request.files[0] ?? '', 0o755)
  const argv = gradle.command({
    ...request,
    report: `${request.root}/r`,
    files: request.files.slice(1),
  })?.argv
  expect(argv?.slice(-2)).toEqual(['--tests=--init-script=xTest', '--tests=--init-script=xTest$*'])
})
