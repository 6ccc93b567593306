import type { Attack, Variant } from '../attack.ts'
import {
  DONE,
  reachDone,
  SIZE,
  SOURCE,
  stack,
  startTask,
  STUB,
  TASKS,
  TEST,
  tryGreen,
} from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

const PARENTHESES = DONE.replace('= 0', '= (0)')
const PUSH_TEST = 'tests/push.test.js'
const DOCS = { 'README.md': 'A stack.\n', 'docs/old.md': 'Old.\n' }

/** A stack with one task, and the documents that it may be about. */
const oneTask = (title: string, more = {}) =>
  stack(`## Phase 1: Core\n- [ ] T001 ${title}\n`, { ...DOCS, ...more })

/** Tasks that are marked although nothing was done for them. */
export const proofAttacks: Attack[] = [
  {
    row: 40,
    title: 'Finish a documentation task without touching its file',
    variants: [
      ...['Update README.md with the new API', 'Remove the deprecated docs/old.md'].map(title => ({
        how: title,
        stoppedBy: 'nothing_changed' as const,
        files: oneTask(title),
        async run(sandbox: Sandbox) {
          await sandbox.work('next_task')
          sandbox.write('NOTES.md', 'Done.\n')
          return tryGreen(sandbox)
        },
      })),
      {
        how: 'an empty document',
        stoppedBy: 'file_missing',
        files: oneTask('Create docs/guide.md'),
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write('docs/guide.md', '')
          return tryGreen(sandbox)
        },
      },
      {
        how: 'a document that says nothing yet',
        stoppedBy: 'nothing_changed',
        files: oneTask('Create docs/guide.md'),
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write('docs/guide.md', '# TODO\n<!-- Describe it -->\n')
          return tryGreen(sandbox)
        },
      },
      {
        how: 'white space',
        stoppedBy: 'nothing_changed',
        files: oneTask('Update README.md with the new API', { 'README.md': 'A stack.\n' }),
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write('README.md', 'A  stack.\n\n')
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 41,
    title: 'Finish a task that asks for a run without running it',
    variants: [
      {
        how: 'the suite fails',
        stoppedBy: 'suite_fails',
        files: oneTask('Run the full test suite and fix what fails', { [TEST]: SIZE }),
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write('NOTES.md', 'All passed.\n')
          return tryGreen(sandbox)
        },
      },
      {
        how: 'no command is known',
        stoppedBy: 'no_command',
        files: oneTask('Run the production build'),
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write('NOTES.md', 'It passed.\n')
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 42,
    title: 'Turn the test green with the files of the test and a comment',
    variants: ['tests/fixtures/want.json', 'data/want.json'].map(file => ({
      how: file,
      stoppedBy: 'nothing_changed' as const,
      async run(sandbox: Sandbox) {
        const read = `import { readFileSync } from 'node:fs'\ntest('want', () => assert.ok(readFileSync('${file}')))\n`
        await startTask(sandbox, `${SIZE.split("test('size'")[0]}${read}`)
        await sandbox.work('record_red', { task: 'T001', tests: [TEST] })
        sandbox.write(file, '{}\n')
        sandbox.write(SOURCE, `// It has a size.\n${STUB}`)
        return tryGreen(sandbox)
      },
    })),
  },
  {
    row: 43,
    title: 'Break code that exists for the failing test, and restore it',
    variants: [
      ['as it was', DONE],
      ['with a comment', `// It has a size.\n${DONE}`],
      ['with parentheses', PARENTHESES],
    ]
      .map(([how = '', restored = '']): Variant => ({
        how,
        stoppedBy: 'nothing_changed',
        files: stack(TASKS, { [SOURCE]: DONE }),
        async run(sandbox) {
          await startTask(sandbox)
          sandbox.write(SOURCE, STUB)
          await sandbox.work('record_red', { task: 'T001', tests: [TEST] })
          sandbox.write(SOURCE, restored)
          return tryGreen(sandbox)
        },
      }))
      .concat({
        how: 'in the next task, with a test of what the first one built',
        stoppedBy: 'nothing_changed',
        async run(sandbox) {
          await reachDone(sandbox)
          await sandbox.work('next_task')
          sandbox.write(PUSH_TEST, SIZE.replace("'size'", "'push'"))
          sandbox.write(SOURCE, STUB)
          await sandbox.work('record_red', { task: 'T002', tests: [PUSH_TEST] })
          sandbox.write(SOURCE, PARENTHESES)
          return sandbox.attempt('record_green', { task: 'T002' })
        },
      }),
  },
]
