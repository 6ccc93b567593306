import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeTest } from '../kit/project.ts'
import {
  FIRST,
  ONE_TASK,
  PUSH,
  PUSH_COUNTS,
  PUSH_TEST,
  SECOND,
  SIZE,
  SIZE_IS_ZERO,
  SIZE_TEST,
  SOURCE,
  STUB,
  TWO_TASKS,
} from './stack.ts'
import { COMPLETE, honestWork, type HonestWork } from './work.ts'
import { runsSlowTests } from '../kit/slow.ts'

const MANIFEST = { name: 'stack', type: 'module', scripts: { test: 'node --test' } }

describe('configuration of a runner that is unknown until there is a test', () => {
  const manifest = (more: object) => JSON.stringify({ name: 'stack', type: 'module', ...more })
  const configured = async (work: HonestWork) => {
    const { evidence = [] } = (await work.verified()) ?? {}
    const changed = evidence.filter(group => group.class === 'configuration-changed')
    return changed.flatMap(({ members }) => members.map(({ name }) => name))
  }
  const FILES = {
    'package.json': manifest({ imports: { '#stack': './src/stack.js' } }),
    [SOURCE]: STUB,
  }

  it.each([
    ['no runner', {}],
    ['another runner', { 'pytest.ini': '[pytest]\n' }],
  ])('is not called changed if nobody changed it: %s at the start', async (_, more) => {
    const work = honestWork(ONE_TASK, { ...FILES, ...more })
    await work.build('T001', ...FIRST)
    expect(await configured(work)).toEqual([])
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('is called changed if somebody changed it', async () => {
    const work = honestWork(ONE_TASK, FILES)
    await work.start('T001')
    work.write('package.json', manifest({ imports: { '#stack': './src/other.js' } }))
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.red('T001', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    expect(await configured(work)).toEqual(['package.json#imports'])
  })
})

describe('honest set-up and documentation', () => {
  it('a set-up task writes an empty file and a .gitkeep', async () => {
    const work = honestWork(
      `## Setup\n- [ ] T001 Create the folders with tests/__init__.py and data/.gitkeep\n## Core\n- [ ] T002 size in src/stack.js\n`,
      { [SOURCE]: STUB },
    )
    await work.check('T001', () => {
      work.write('tests/__init__.py', '')
      work.write('data/.gitkeep', '')
    })
    await work.build('T002', ...FIRST)
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('a task documents what another one built', async () => {
    const work = honestWork(`${ONE_TASK}- [ ] T002 Document the size in README.md\n`, {
      [SOURCE]: STUB,
      'README.md': '# Stack\n',
    })
    await work.build('T001', ...FIRST)
    await work.check('T002', () =>
      work.write('README.md', '# Stack\n\n`size` is the number of items.\n'),
    )
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('the documentation was written before its task was started', async () => {
    const work = honestWork(`${ONE_TASK}- [ ] T002 Document the size in README.md\n`, {
      [SOURCE]: STUB,
      'README.md': '# Stack\n',
    })
    await work.start('T001')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.red('T001', SIZE_TEST)
    work.write(SOURCE, SIZE)
    work.write('README.md', '# Stack\n\n`size` is the number of items.\n')
    await work.green('T001')
    await work.done('T001')
    await work.check('T002', () => {})
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('a task removes a deprecated document', async () => {
    const work = honestWork(`- [ ] T001 Remove the deprecated docs/old.md\n`, {
      'docs/old.md': '# Old\n',
      'docs/new.md': '# New\n',
      [SOURCE]: SIZE,
      [SIZE_TEST]: SIZE_IS_ZERO,
    })
    await work.check('T001', () => work.remove('docs/old.md'))
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('a task adds the configuration of a linter', async () => {
    const work = honestWork(
      `## Setup\n- [ ] T001 Configure linting in .eslintrc.json\n## Core\n- [ ] T002 size in src/stack.js\n`,
      { [SOURCE]: STUB },
    )
    await work.check('T001', () =>
      work.write('.eslintrc.json', '{ "rules": { "no-unused-vars": "error" } }\n'),
    )
    await work.build('T002', ...FIRST)
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('a set-up task writes the manifest, the configuration and the first source', async () => {
    const work = honestWork(
      `## Setup\n- [ ] T001 Initialize the project structure per plan\n- [ ] T002 [P] Ignore build output in .gitignore\n## Core\n- [ ] T003 size in src/stack.js\n`,
    )
    await work.check('T001', () => {
      work.write('package.json', JSON.stringify({ ...MANIFEST, version: '0.1.0' }))
      work.write('tsconfig.json', '{ "compilerOptions": { "strict": true } }\n')
      work.write(SOURCE, STUB)
    })
    await work.check('T002', () => work.write('.gitignore', 'node_modules\nbuild\n'))
    await work.build('T003', ...FIRST)
    expect(await work.end()).toEqual(COMPLETE)
  })
})

describe('honest changes of the project', () => {
  it('a task adds a dependency', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    await work.build('T001', ...FIRST)
    await work.start('T002')
    work.write(PUSH_TEST, PUSH_COUNTS)
    await work.red('T002', PUSH_TEST)
    work.write('package.json', JSON.stringify({ ...MANIFEST, dependencies: { counter: '1.0.0' } }))
    work.write('node_modules/counter/package.json', '{"name":"counter","main":"index.js"}')
    work.write('node_modules/counter/index.js', 'exports.next = n => n + 1\n')
    work.write(
      SOURCE,
      `import { next } from 'counter'\n${PUSH.replace('+= 1', '= next(this.size)')}`,
    )
    await work.green('T002')
    await work.done('T002')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)(
    'a task adds a script and a development dependency to package.json after RED',
    async () => {
      const work = honestWork(ONE_TASK, { [SOURCE]: STUB })
      await work.start('T001')
      work.write(SIZE_TEST, SIZE_IS_ZERO)
      await work.red('T001', SIZE_TEST)
      work.write(
        'package.json',
        JSON.stringify({
          ...MANIFEST,
          scripts: { ...MANIFEST.scripts, docs: 'node docs.js' },
          devDependencies: { prettier: '3.0.0' },
        }),
      )
      work.write(SOURCE, SIZE)
      await work.green('T001')
      await work.done('T001')
      expect(await work.end()).toEqual(COMPLETE)
    },
  )

  it('a task needs a path alias in tsconfig.json', async () => {
    const work = honestWork(ONE_TASK, {
      [SOURCE]: STUB,
      'tsconfig.json': '{ "compilerOptions": { "strict": true } }\n',
    })
    await work.start('T001')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.red('T001', SIZE_TEST)
    work.write(
      'tsconfig.json',
      '{ "compilerOptions": { "strict": true, "paths": { "@/*": ["./src/*"] } } }\n',
    )
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)(
    'a task adds an import alias to package.json before its test',
    async () => {
      const work = honestWork(ONE_TASK, { [SOURCE]: STUB })
      await work.start('T001')
      work.write('package.json', JSON.stringify({ ...MANIFEST, imports: { '#src/*': './src/*' } }))
      work.write(SIZE_TEST, SIZE_IS_ZERO.replace('../src/', '#src/'))
      await work.red('T001', SIZE_TEST)
      work.write(SOURCE, SIZE)
      await work.green('T001')
      await work.done('T001')
      expect(await work.end()).toEqual(COMPLETE)
    },
  )

  it('a task renames a source file', async () => {
    const work = honestWork(`- [ ] T001 Move src/stack.js to src/collections/stack.js\n`, {
      [SOURCE]: SIZE,
      [SIZE_TEST]: SIZE_IS_ZERO,
    })
    const moved = 'src/collections/stack.js'
    await work.start('T001', 'refactor')
    mkdirSync(path.dirname(path.join(work.root, moved)))
    renameSync(path.join(work.root, SOURCE), path.join(work.root, moved))
    work.write(SIZE_TEST, SIZE_IS_ZERO.replace('../src/', '../src/collections/'))
    await work.green('T001')
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('a package of a monorepo is changed', async () => {
    const work = honestWork(`- [ ] T001 size in packages/stack/src/stack.js\n`, {
      'package.json': JSON.stringify({ ...MANIFEST, workspaces: ['packages/*'] }),
      'packages/stack/package.json': JSON.stringify({ ...MANIFEST, name: '@team/stack' }),
      'packages/stack/src/stack.js': STUB,
      'packages/queue/package.json': JSON.stringify({ ...MANIFEST, name: '@team/queue' }),
      'packages/queue/tests/queue.test.js': nodeTest('queue', 'assert.equal(1, 1)'),
    })
    await work.build(
      'T001',
      ['packages/stack/tests/size.test.js', SIZE_IS_ZERO],
      ['packages/stack/src/stack.js', SIZE],
    )
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('the recipe of a Makefile sets variables for the tests', async () => {
    const work = honestWork(ONE_TASK, {
      'package.json': JSON.stringify({ name: 'stack', type: 'module' }),
      Makefile: 'export LEVEL := 1\n\ntest:\n\tMODE=test node --test tests\n',
      [SOURCE]: STUB,
    })
    const modes = "assert.deepEqual([process.env.MODE, process.env.LEVEL], ['test', '1'])"
    await work.build(
      'T001',
      [SIZE_TEST, SIZE_IS_ZERO.replace('assert.equal', `${modes}; assert.equal`)],
      [SOURCE, SIZE],
    )
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
    const { notes = [] } = (await work.verified()) ?? {}
    expect(notes.join('\n')).not.toContain('Makefile')
  })

  it('packages of a monorepo have different runners, one has no tests yet, and the runs of the full suite are used up', async () => {
    const queue = 'packages/queue'
    const work = honestWork(
      `- [ ] T001 size in packages/stack/src/stack.js\n- [ ] T002 length in ${queue}/src/queue.js\n`,
      {
        'package.json': JSON.stringify({
          ...MANIFEST,
          workspaces: ['packages/*'],
          scripts: { test: 'npm test --workspaces' },
        }),
        'packages/stack/package.json': JSON.stringify({ ...MANIFEST, name: '@team/stack' }),
        'packages/stack/src/stack.js': STUB,
        [`${queue}/package.json`]: JSON.stringify({
          ...MANIFEST,
          name: '@team/queue',
          scripts: { test: 'mocha spec' },
        }),
        [`${queue}/src/queue.js`]: 'export const length = () => 1\n',
        'redgreen.config.json': JSON.stringify({ limits: { fullRuns: 2 } }),
      },
    )
    symlinkSync(path.resolve('node_modules'), path.join(work.root, 'node_modules'))
    await work.build(
      'T001',
      ['packages/stack/tests/size.test.js', SIZE_IS_ZERO],
      ['packages/stack/src/stack.js', SIZE],
    )
    const body = 'assert.equal(length(), 0)'
    await work.build(
      'T002',
      [
        `${queue}/spec/length.js`,
        `import assert from 'node:assert/strict'\nimport { length } from '../src/queue.js'\nit('length', () => ${body})\n`,
      ],
      [`${queue}/src/queue.js`, 'export const length = () => 0\n'],
    )
    expect(await work.end()).toEqual(COMPLETE)
  })
})

describe('honest order of work', () => {
  it('the code came first, and its test is seen to fail without it', async () => {
    const work = honestWork(ONE_TASK, { [SOURCE]: STUB })
    await work.start('T001')
    work.write(SOURCE, SIZE)
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    expect(await work.refused('record_red', { task: 'T001', tests: [SIZE_TEST] })).toMatchObject({
      code: 'red_passes',
      text: expect.stringContaining('late: true'),
    })
    await work.red('T001', SIZE_TEST, { late: true })
    await work.green('T001')
    await work.done('T001')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('tests are written for code that exists before it is rewritten', async () => {
    const work = honestWork(
      `- [ ] T001 Write characterization tests in tests/size.test.js\n- [ ] T002 push in src/stack.js\n`,
      { [SOURCE]: SIZE },
    )
    await work.start('T001', 'cover')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    const late = { task: 'T001', tests: [SIZE_TEST], late: true }
    expect(await work.refused('record_red', late)).toMatchObject({
      code: 'red_passes',
      text: expect.stringContaining('remove it for a moment'),
    })
    work.write(SOURCE, STUB)
    await work.red('T001', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    await work.build('T002', ...SECOND)
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('tests are written in a phase of their own before the code', async () => {
    const work = honestWork(
      `## Tests First\n- [ ] T001 [P] Contract test for size in tests/size.test.js\n- [ ] T002 [P] Contract test for push in tests/push.test.js\n## Core\n- [ ] T003 size and push in src/stack.js\n`,
      { [SOURCE]: STUB },
    )
    await work.start('T001', 'test')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.red('T001', SIZE_TEST)
    await work.done('T001')
    await work.start('T002', 'test')
    work.write(PUSH_TEST, PUSH_COUNTS)
    await work.red('T002', PUSH_TEST)
    await work.done('T002')
    await work.start('T003')
    await work.red('T003', [SIZE_TEST, PUSH_TEST])
    work.write(SOURCE, PUSH)
    await work.green('T003')
    await work.done('T003')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('the code is cleaned up after GREEN', async () => {
    const work = honestWork(ONE_TASK, { [SOURCE]: STUB })
    await work.start('T001')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.red('T001', SIZE_TEST)
    work.write(SOURCE, 'export class Stack {\n  size = [].length\n}\n')
    await work.green('T001')
    work.write('src/empty.js', 'export const EMPTY = 0\n')
    work.write(
      SOURCE,
      "import { EMPTY } from './empty.js'\nexport class Stack {\n  size = EMPTY\n}\n",
    )
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })
})

describe('honest snapshots', () => {
  it('a later task writes the snapshot of its own test with vitest', async () => {
    const work = honestWork(`${ONE_TASK}- [ ] T002 names in src/names.js\n`, {
      'package.json': JSON.stringify({ ...MANIFEST, scripts: { test: 'vitest run' } }),
      [SOURCE]: STUB,
      'src/names.js': 'export const names = () => []\n',
    })
    symlinkSync(path.resolve('node_modules'), path.join(work.root, 'node_modules'))
    const asVitest = (imports: string, name: string, body: string) =>
      `import { expect, test } from 'vitest'\n${imports}\ntest('${name}', () => {\n  ${body}\n})\n`
    await work.build(
      'T001',
      [
        SIZE_TEST,
        asVitest(
          "import { Stack } from '../src/stack.js'",
          'size',
          'expect(new Stack().size).toBe(0)',
        ),
      ],
      [SOURCE, SIZE],
    )
    await work.start('T002')
    const test = 'tests/names.test.js'
    work.write(
      test,
      asVitest(
        "import { names } from '../src/names.js'",
        'names',
        "expect(names()).toContain('Ada')\n  expect(names()).toMatchSnapshot()",
      ),
    )
    await work.red('T002', test)
    work.write('src/names.js', "export const names = () => ['Ada', 'Grace']\n")
    execFileSync('npx', ['vitest', 'run', '-u', test], { cwd: work.root, stdio: 'ignore' })
    await work.green('T002')
    await work.done('T002')
    expect(await work.end()).toEqual(COMPLETE)
  })
})
