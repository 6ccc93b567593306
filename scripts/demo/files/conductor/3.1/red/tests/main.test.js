import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

test('8 km and 300 m up take 2 h 30', () => {
  const { status, stdout } = answer('8', '300', '0')
  assert.deepEqual({ status, stdout }, { status: 0, stdout: '2 h 30\n' })
})

test('a long walk includes its breaks', () => {
  assert.equal(answer('16', '0', '0').stdout, '4 h 15\n')
})

test('an invalid walk is answered with a sentence and exit code 1', () => {
  const { status, stderr } = answer('far', '0', '0')
  assert.deepEqual({ status, stderr }, { status: 1, stderr: 'Invalid walk: km is NaN.\n' })
})

function answer(...args) {
  return spawnSync(process.execPath, ['src/main.js', ...args], { encoding: 'utf8' })
}
