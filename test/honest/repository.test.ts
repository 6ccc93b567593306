import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { nodeTest } from '../kit/project.ts'
import {
  FIRST,
  importing,
  ONE_TASK,
  SECOND,
  SIZE,
  SIZE_IS_ZERO,
  SIZE_TEST,
  SOURCE,
  STUB,
  TWO_TASKS,
} from './stack.ts'
import { COMPLETE, honestWork, workAt, type HonestWork } from './work.ts'
import { runsSlowTests } from '../kit/slow.ts'

/** Work whose first task is red. */
async function red(files: Record<string, string> = {}): Promise<HonestWork> {
  const work = honestWork(TWO_TASKS, { [SOURCE]: STUB, ...files })
  await work.start('T001')
  work.write(SIZE_TEST, SIZE_IS_ZERO)
  await work.red('T001', SIZE_TEST)
  return work
}

/** The rest of work whose first task is red. */
async function finish(work: HonestWork): Promise<void> {
  work.write(SOURCE, SIZE)
  await work.green('T001')
  await work.done('T001')
  await work.build('T002', ...SECOND)
}

describe('honest use of git', () => {
  it('commits after RED, after GREEN and after each task', async () => {
    const work = await red()
    work.commit('test: size')
    work.write(SOURCE, SIZE)
    await work.green('T001')
    work.commit('feat: size')
    await work.done('T001')
    work.commit('docs: tick')
    await work.build('T002', ...SECOND)
    work.commit('feat: push')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('switches to another branch and back while a task is red', async () => {
    const work = await red()
    work.commit('test: size')
    const branch = work.git('branch', '--show-current')
    work.git('switch', '-qc', 'hotfix', 'HEAD~1')
    work.write('src/other.js', 'export const other = 1\n')
    work.commit('fix: other')
    work.git('switch', '-q', branch)
    await finish(work)
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('stashes the work of a red task and pops it', async () => {
    const work = await red()
    work.git('stash', '-qu')
    work.git('stash', 'pop', '-q')
    await finish(work)
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('merges main with other files while a task is red', async () => {
    const work = await red()
    work.commit('test: size')
    const branch = work.git('branch', '--show-current')
    work.git('switch', '-qc', 'upstream', 'HEAD~1')
    work.write('src/queue.js', 'export class Queue {\n  length = 0\n}\n')
    work.write(
      'tests/queue.test.js',
      importing(
        'Queue',
        '../src/queue.js',
        nodeTest('queue', 'assert.equal(new Queue().length, 0)'),
      ),
    )
    work.commit('feat: queue')
    work.git('switch', '-q', branch)
    work.git('merge', '-q', '--no-edit', 'upstream')
    await finish(work)
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('rebases onto main with other files between two tasks', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    const branch = work.git('branch', '--show-current')
    work.git('branch', 'upstream')
    await work.build('T001', ...FIRST)
    work.commit('feat: size')
    work.git('switch', '-q', 'upstream')
    work.write('src/queue.js', 'export class Queue {}\n')
    work.commit('feat: queue')
    work.git('switch', '-q', branch)
    work.git('rebase', '-q', 'upstream')
    await work.build('T002', ...SECOND)
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('continues in a fresh clone', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    await work.build('T001', ...FIRST)
    work.commit('feat: size')
    const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-test-')))
    onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }))
    execFileSync('git', ['clone', '-q', work.root, root])
    const clone = workAt(root)
    await clone.build('T002', ...SECOND)
    expect(await clone.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('amends and squashes commits', async () => {
    const work = await red()
    work.commit('test: size')
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    work.git('add', '-A')
    work.git('commit', '-q', '--amend', '-m', 'feat: size')
    await work.build('T002', ...SECOND)
    work.commit('feat: push')
    work.git('reset', '-q', '--soft', 'HEAD~2')
    work.commit('feat: stack')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })
})

describe('honest files beside the work', () => {
  it('a formatter runs over every file between RED and GREEN', async () => {
    const work = await red({ 'src/other.js': 'export const other = [1,2]\n' })
    const format = (text: string) =>
      text
        .replaceAll("'", '"')
        .replaceAll(/(?<=[\w)\]])\n/g, ';\n')
        .replaceAll('[1,2]', '[1, 2]')
    work.write(SOURCE, SIZE)
    for (const file of [SOURCE, SIZE_TEST, 'src/other.js'])
      work.write(file, format(work.read(file)))
    await work.green('T001')
    await work.done('T001')
    await work.build('T002', ...SECOND)
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('a formatter runs over every file after GREEN', async () => {
    const work = await red()
    work.write(SOURCE, SIZE)
    await work.green('T001')
    for (const file of [SOURCE, SIZE_TEST])
      work.write(file, work.read(file).replaceAll("'", '"').replaceAll('  ', '    '))
    await work.done('T001')
    await work.build('T002', ...SECOND)
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('a test is slow', async () => {
    const work = honestWork(ONE_TASK, { [SOURCE]: STUB })
    await work.start('T001')
    work.write(
      SIZE_TEST,
      importing(
        'setTimeout',
        'node:timers/promises',
        SIZE_IS_ZERO.replace('() => {', 'async () => {\n  await setTimeout(1500)'),
      ),
    )
    await work.red('T001', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('a test writes a file in the workspace that git ignores', async () => {
    const work = honestWork(ONE_TASK, { [SOURCE]: STUB, '.gitignore': 'node_modules\ntmp\n' })
    await work.start('T001')
    work.write(
      SIZE_TEST,
      importing(
        'mkdirSync, writeFileSync',
        'node:fs',
        nodeTest(
          'size',
          "mkdirSync('tmp', { recursive: true }); writeFileSync('tmp/size.txt', String(process.hrtime())); assert.equal(new Stack().size, 0)",
        ),
      ),
    )
    await work.red('T001', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('a file is generated from another one', async () => {
    const work = honestWork('- [ ] T001 List of colours in src/colours.js\n', {
      'colours.txt': 'red\n',
      'scripts/generate.js':
        "import { readFileSync, writeFileSync } from 'node:fs'\nconst names = readFileSync('colours.txt', 'utf8').trim().split('\\n')\nwriteFileSync('src/colours.js', `export const colours = ${JSON.stringify(names)}\\n`)\n",
      'src/colours.js': 'export const colours = ["red"]\n',
    })
    await work.start('T001')
    work.write(
      'tests/colours.test.js',
      importing(
        'colours',
        '../src/colours.js',
        nodeTest('colours', "assert.deepEqual(colours, ['red', 'green'])"),
      ),
    )
    await work.red('T001', 'tests/colours.test.js')
    work.write('colours.txt', 'red\ngreen\n')
    execFileSync('node', ['scripts/generate.js'], { cwd: work.root })
    await work.green('T001')
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('the sources have CRLF line ends', async () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n')
    const work = honestWork(ONE_TASK, { [SOURCE]: crlf(STUB) })
    await work.build('T001', [SIZE_TEST, crlf(SIZE_IS_ZERO)], [SOURCE, crlf(SIZE)])
    expect(await work.end()).toEqual(COMPLETE)
  })
})
