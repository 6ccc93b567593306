import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { commandFrontend } from '../../src/cli/frontend.ts'
import { toolFrontend } from '../../src/server/frontend.ts'

const TESTS = ['test/a.test.js', 'test/b.test.js']

it('a step that needs test files names them, or says that they are needed', () => {
  const commands = commandFrontend(['record-red'])
  expect(commands.describeStep('record_red', { task: 'T001', late: true })).toBe(
    'run `redgreen record-red T001 TEST-FILE --late`',
  )
  expect(commands.describeStep('record_red', { task: 'T001', tests: TESTS })).toBe(
    'run `redgreen record-red T001 test/a.test.js test/b.test.js`',
  )
  expect(commands.describeStep('record_green', { task: 'T001' })).toBe(
    'run `redgreen record-green T001`',
  )
  const named = commandFrontend(['next-task'], '002 chat')
  expect(named.describeStep('mark_complete', { task: 'T001' })).toBe(
    "run `redgreen mark-complete T001 --feature '002 chat'`",
  )
  expect(toolFrontend.describeStep('record_red', { task: 'T001', late: true })).toBe(
    'call record_red with task T001 and its test files and late: true',
  )
  expect(toolFrontend.describeStep('record_red', { task: 'T001', tests: TESTS })).toBe(
    'call record_red with task T001 and tests test/a.test.js, test/b.test.js',
  )
  expect(toolFrontend.describeStep('next_task')).toBe('call next_task')
})

it('a command is repeated as it can be copied into a shell', () => {
  const words = ['waive', 'T001', '--reason', 'it costs $5, "they" wrote \\ `x`\nand left']
  expect(commandFrontend(words).typed).toBe(
    `waive T001 --reason 'it costs $5, "they" wrote \\ \`x\` and left'`,
  )
  expect(commandFrontend(['approve', '001-chat', '--root', '/a/b']).typed).toBe(
    'approve 001-chat --root /a/b',
  )
})

it.each(['echo done!!', "it's", '$HOME `id` "x" \\', "'", '~ * ? # & ; | < > ( ) [ ] { }'])(
  'a shell reads a repeated command as one word: %s',
  word => {
    const line = `printf '%s' ${commandFrontend([word]).typed}`
    // Only an interactive bash replaces an exclamation mark by an earlier command.
    const script = `set -o history -o histexpand\necho one\n${line}\n`
    const { stdout } = spawnSync('bash', ['--norc'], { input: script, encoding: 'utf8' })
    expect(stdout).toBe(`one\n${word}`)
  },
)
