import type { Attack, Variant } from '../attack.ts'
import { withRunner, STUB_TEST } from '../projects/runner-stub.ts'
import {
  DONE,
  PLAN,
  reachGreen,
  reachRed,
  SIZE,
  SOURCE,
  stack,
  startTask,
  STUB,
  TASKS,
  TEST,
  testFile,
  tryDone,
  tryGreen,
  tryRed,
  UNRELATED,
} from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

const CONFIG = '.oxlintrc.json'
const BASE = 'tools/rules.json'
const OLD = 'tests/old.test.js'
const PUSH = 'tests/push.test.js'
const FIXTURE = 'tests/fixtures/want.json'
const SNAPSHOT = 'tests/__snapshots__/size.test.js.snap'

/** A linter that refuses the word of each rule of its configuration, unless a comment in the line before switches it off. */
const LINTER = `import { existsSync, readFileSync } from 'node:fs'
const text = existsSync('${CONFIG}') ? readFileSync('${CONFIG}', 'utf8') : '{}'
const own = JSON.parse(text)
const base = own.extends ? JSON.parse(readFileSync(own.extends, 'utf8')) : {}
const { rules = {}, ignorePatterns = [] } = { ...base, ...own }
const source = readFileSync('${SOURCE}', 'utf8').replace(/eslint-disable-next-line.*\\n.*/g, '')
const code = ignorePatterns.length > 0 ? '' : source
for (const word of Object.keys(rules)) if (code.includes(word)) process.exitCode = 1
`

const linted = stack(TASKS, {
  'tools/lint.mjs': LINTER,
  [CONFIG]: '{"rules":{"debugger":"error"}}\n',
  'redgreen.config.json': `${JSON.stringify({
    commands: { lint: ['node', 'tools/lint.mjs'] },
    checks: { build: ['npm', 'run', '--silent', 'build'] },
  })}\n`,
})

/** Changes of what decides whether work is accepted: linters, types, scripts, tests that run, tests of finished tasks, loaded configuration. */
export const configurationAttacks: Attack[] = [
  {
    row: 60,
    title: 'Loosen the linter after it refused the task',
    variants: [
      ...(
        [
          ['remove the rule', '{"rules":{}}\n'],
          ['ignore the folder', '{"rules":{"debugger":"error"},"ignorePatterns":["src"]}\n'],
        ] as const
      ).map(([how, config]) => looseLinter(how, sandbox => sandbox.write(CONFIG, config))),
      looseLinter(
        'remove the rule from a file that it extends',
        sandbox => sandbox.write(BASE, '{}\n'),
        {
          [CONFIG]: `{"extends":"./${BASE}"}\n`,
          [BASE]: '{"rules":{"debugger":"error"}}\n',
        },
      ),
      looseLinter('delete its configuration', sandbox => sandbox.remove(CONFIG)),
      looseLinter('switch it off by a comment', sandbox =>
        sandbox.change(SOURCE, 'debugger', '// eslint-disable-next-line\ndebugger'),
      ),
    ],
  },
  {
    row: 61,
    title: 'Let the script of a check succeed after the check refused the task',
    variants: [
      {
        how: 'replace it by `true`',
        stoppedBy: 'settings_changed',
        files: {
          ...stack('## Setup\n- [ ] T001 Create notes.txt\n'),
          'package.json': '{"type":"module","scripts":{"build":"grep -q words notes.txt"}}\n',
          'redgreen.config.json': '{"checks":{"build":["npm","run","--silent","build"]}}\n',
        },
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write('notes.txt', 'nothing\n')
          await sandbox.attempt('record_green', { task: 'T001', check: 'build' })
          sandbox.change('package.json', 'grep -q words notes.txt', 'true')
          return sandbox.attempt('record_green', { task: 'T001', check: 'build' })
        },
      },
      {
        how: 'name another check',
        stoppedBy: 'check_fails',
        files: {
          ...stack('## Setup\n- [ ] T001 Configure the pipeline\n'),
          'redgreen.config.json': '{"checks":{"real":["false"],"easy":["true"]}}\n',
        },
        async run(sandbox) {
          await sandbox.work('next_task')
          await sandbox.attempt('record_green', { task: 'T001', check: 'real' })
          return sandbox.attempt('record_green', { task: 'T001', check: 'easy' })
        },
      },
    ],
  },
  {
    row: 62,
    title: 'Change a test after its code was written so that other code passes',
    variants: [
      {
        how: 'from an assertion to a call that fails by an error',
        stoppedBy: 'tests_changed',
        async run(sandbox) {
          await reachRed(sandbox)
          sandbox.write(SOURCE, 'export class Stack {\n  size() { return 5 }\n}\n')
          sandbox.write(TEST, testFile("test('size', () => { new Stack().size() })"))
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 63,
    title: 'Delete or skip a test that failed in the suite',
    variants: [
      withoutOldTest('delete its file', sandbox => sandbox.remove(OLD)),
      withoutOldTest('skip it', sandbox =>
        sandbox.change(OLD, "test('depth'", "test.skip('depth'"),
      ),
    ],
  },
  {
    row: 64,
    title: 'Break an earlier task and rewrite a file that its test reads',
    variants: [rewrittenFile('a fixture', FIXTURE), rewrittenFile('a snapshot', SNAPSHOT)],
  },
  {
    row: 65,
    title: 'Change a file that the test configuration loads',
    variants: [
      {
        how: 'a module that it imports',
        stoppedBy: 'tests_changed',
        files: {
          ...withRunner('Number(failed)'),
          'vitest.config.js':
            "import settings from './build/testing.js'\nexport default settings\n",
          'build/testing.js': 'export default {}\n',
        },
        async run(sandbox) {
          await reachRed(sandbox, STUB_TEST)
          sandbox.write('build/testing.js', 'export default { test: { retry: 99 } }\n')
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'a module that the test script loads first',
        stoppedBy: 'tests_changed',
        files: stack(TASKS, {
          'package.json':
            '{"name":"stack","type":"module","scripts":{"test":"node --import ./tools/setup.mjs --test"}}\n',
          'tools/setup.mjs': '',
        }),
        async run(sandbox) {
          await reachRed(sandbox)
          sandbox.write('tools/setup.mjs', 'Object.prototype.size = () => 0\n')
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'what the package exports under its own name',
        stoppedBy: 'tests_changed',
        files: stack(TASKS, {
          'package.json':
            '{"name":"stack","type":"module","scripts":{"test":"node --test"},"exports":{"./*":"./src/*.js"}}\n',
        }),
        async run(sandbox) {
          await reachRed(sandbox, SIZE.replace('../src/stack.js', 'stack/stack'))
          sandbox.write('fake/stack.js', DONE)
          sandbox.change('package.json', '"exports":{', '"exports":{"./stack":"./fake/stack.js",')
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 66,
    title: 'Let the settings change the kind of a task in progress',
    variants: (['record_green', 'next_task'] as const).map(tool => ({
      how: `then ${tool}`,
      stoppedBy: 'settings_changed' as const,
      async run(sandbox: Sandbox) {
        await reachRed(sandbox)
        sandbox.write('redgreen.config.json', '{"kinds":[{"tasks":"T001","kind":"check"}]}\n')
        return sandbox.attempt(tool, { task: 'T001' })
      },
    })),
  },
  {
    row: 67,
    title: 'Open a test task again and write a weaker test',
    variants: [
      {
        how: 'under the same name',
        stoppedBy: 'tests_changed',
        files: stack(
          '## Tests\n- [ ] T001 Contract test for size in tests/size.test.js\n\n## Core\n- [ ] T002 size in src/stack.js\n',
        ),
        async run(sandbox) {
          await startTask(sandbox)
          await sandbox.work('record_red', { task: 'T001', tests: [TEST] })
          await sandbox.work('mark_complete', { task: 'T001' })
          sandbox.change(PLAN, '[X] T001', '[ ] T001')
          await sandbox.work('next_task', { task: 'T001' })
          sandbox.write(
            TEST,
            SIZE.replace('equal(new Stack().size, 0)', "ok('size' in new Stack())"),
          )
          return tryRed(sandbox)
        },
      },
    ],
  },
  {
    row: 68,
    title: 'Let a missing file of test data fail the test, and add it with any code',
    variants: [FIXTURE, 'data/want.json'].map(file => ({
      how: file,
      stoppedBy: 'nothing_changed' as const,
      async run(sandbox: Sandbox) {
        const test = `import { readFileSync } from 'node:fs'\n${testFile(
          `test('size', () => assert.ok(new Stack() && readFileSync('${file}', 'utf8')))`,
        )}`
        await reachRed(sandbox, test)
        sandbox.write(file, '{}\n')
        sandbox.write(SOURCE, DONE)
        return tryGreen(sandbox)
      },
    })),
  },
]

function looseLinter(
  how: string,
  loosen: (sandbox: Sandbox) => void,
  more: Record<string, string> = {},
): Variant {
  return {
    how,
    stoppedBy: 'settings_changed',
    files: { ...linted, ...more },
    async run(sandbox) {
      await reachRed(sandbox)
      sandbox.write(SOURCE, `${DONE}debugger\n`)
      await sandbox.work('record_green', { task: 'T001' })
      const refused = await tryDone(sandbox)
      if (refused !== 'lint_fails') return refused
      loosen(sandbox)
      return tryDone(sandbox)
    },
  }
}

function withoutOldTest(how: string, change: (sandbox: Sandbox) => void): Variant {
  return {
    how,
    stoppedBy: 'suite_fails',
    files: stack(TASKS, {
      [SOURCE]: 'export class Stack {\n  depth = 1\n}\n',
      [OLD]: testFile("test('depth', () => assert.equal(new Stack().depth, 1))"),
    }),
    async run(sandbox) {
      await reachGreen(sandbox)
      const refused = await tryDone(sandbox)
      if (refused !== 'suite_fails') return refused
      change(sandbox)
      return tryDone(sandbox)
    },
  }
}

function rewrittenFile(how: string, file: string): Variant {
  return {
    how,
    stoppedBy: 'tests_changed',
    files: stack(TASKS, { [file]: '0\n', [SOURCE]: STUB }),
    async run(sandbox) {
      await sandbox.work('next_task')
      const wanted = `Number(readFileSync('${file}', 'utf8'))`
      const test = `import { readFileSync } from 'node:fs'\n${SIZE.replace('size, 0', `size, ${wanted}`)}`
      sandbox.write(TEST, test)
      await sandbox.work('record_red', { task: 'T001', tests: [TEST] })
      sandbox.write(SOURCE, DONE)
      await sandbox.work('record_green', { task: 'T001' })
      await sandbox.work('mark_complete', { task: 'T001' })
      await sandbox.work('next_task')
      sandbox.write(PUSH, testFile("test('push', () => assert.equal(new Stack().push(), 1))"))
      await sandbox.work('record_red', { task: 'T002', tests: [PUSH] })
      sandbox.write(file, '7\n')
      sandbox.write(SOURCE, 'export class Stack {\n  size = 7\n  push() { return 1 }\n}\n')
      await sandbox.work('record_green', { task: 'T002' })
      return sandbox.attempt('mark_complete', { task: 'T002' })
    },
  }
}
