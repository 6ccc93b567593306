import { describe, expect, it } from 'vitest'
import { COMPLETE, honestWork, type HonestWork } from '../../honest/work.ts'
import { FIRST, ONE_TASK, SIZE, SIZE_IS_ZERO, SIZE_TEST, SOURCE, STUB } from '../../honest/stack.ts'
import { nodeTest, TASKS } from '../../kit/project.ts'

/** Finds a word in every file of the project, at a line that it prints. */
const TOOL = `import { readdirSync, readFileSync, statSync } from 'node:fs'
const word = process.argv[2]
for (const file of readdirSync('.', { recursive: true })) {
  if (/^(\\.git|tools|node_modules|redgreen)\\b/.test(file) || statSync(file).isDirectory()) continue
  readFileSync(file, 'utf8').split('\\n').forEach((line, at) => {
    if (!line.includes(word)) return
    console.log(file + ':' + (at + 1) + ':1: error found ' + word)
    process.exitCode = 1
  })
}
`
const LINT = { lint: ['node', 'tools/find.mjs', 'unused'] }
const TYPES = { types: ['node', 'tools/find.mjs', 'mistyped'] }

function project(
  commands: object,
  files: Record<string, string> = {},
  plan = ONE_TASK,
): HonestWork {
  return honestWork(plan, {
    [SOURCE]: STUB,
    'tools/find.mjs': TOOL,
    'redgreen.config.json': JSON.stringify({ commands }),
    ...files,
  })
}

/** Brings T001 to green, with this code. */
async function atGreen(work: HonestWork, code: string): Promise<HonestWork> {
  await work.start('T001')
  work.write(SIZE_TEST, SIZE_IS_ZERO)
  await work.red('T001', SIZE_TEST)
  work.write(SOURCE, code)
  await work.green('T001')
  return work
}

const mark = (work: HonestWork) => work.refused('mark_complete', { task: 'T001' })

describe('before the suite', () => {
  it.each([
    ['the linter', 'lint_fails', LINT, 'unused'],
    ['the type checker', 'check_fails', TYPES, 'mistyped'],
  ])('%s refuses the task, and no full run is used up', async (_judge, code, commands, word) => {
    const work = await atGreen(project(commands), `${SIZE}const ${word} = 1\n`)
    const refusal = await mark(work)
    expect(refusal).toMatchObject({ code })
    expect(refusal.text).toContain('found 1 problem in src/stack.js')
    work.write(SOURCE, SIZE)
    expect(await work.done('T001')).toMatchObject({ suite: { ran: 'full', runsLeft: 2 } })
  })
})

describe('what was there when the feature was started', () => {
  const OLD = { 'src/old.js': '// 1\nconst unused = 1\n', 'src/older.js': '// unused\n' }

  it('does not count, also in the validation, and is named', async () => {
    const work = await atGreen(project({ ...LINT, ...TYPES }, OLD), SIZE)
    work.write('src/old.js', `// moved\n// down\n${OLD['src/old.js']}`)
    work.remove('src/older.js')
    work.write('src/renamed.js', OLD['src/older.js'])
    const { messages } = await work.done('T001')
    expect(messages).toContainEqual(
      expect.stringContaining('Linter: 2 findings from before this feature, not counted'),
    )
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('excuses no more than that', async () => {
    const work = await atGreen(project(LINT, OLD), SIZE)
    work.write('src/old.js', `${OLD['src/old.js']}const unused = 2\n`)
    const refusal = await mark(work)
    expect(refusal.text).toContain('found 1 problem in src/old.js')
    expect(refusal.text).toContain('2 findings from before this feature are not counted')
  })

  it('includes code that is older than the configuration of the linter', async () => {
    const setUp = '## Setup\n- [ ] T001 Configure linting in .oxlintrc.json\n'
    const linter = `import { existsSync } from 'node:fs'\nif (existsSync('.oxlintrc.json')) await import('./find.mjs')\n`
    const commands = { lint: ['node', 'tools/lint.mjs', 'unused'] }
    const work = project(commands, { ...OLD, 'tools/lint.mjs': linter }, setUp)
    await work.check('T001', () => work.write('.oxlintrc.json', '{}\n'))
    expect(await work.end()).toMatchObject({ findings: [] })
  })
})

describe('beside an old error', () => {
  /** The levels of the findings, in the words of the tool. */
  const LEVELS = `import { readFileSync } from 'node:fs'
for (const file of ['src/old.js', 'src/stack.js'])
  for (const [level] of readFileSync(file, 'utf8').matchAll(/\\b(?:error|warning|note): \\w+/g)) {
    console.log(file + ':1:1: ' + level)
    if (level.startsWith('error')) process.exitCode = 1
  }
`
  const at = (...flags: string[]) =>
    project(
      { lint: ['node', 'tools/levels.mjs', ...flags] },
      { 'tools/levels.mjs': LEVELS, 'src/old.js': '// error: old\n// warning: old\n' },
    )

  it.each(['warning: new', 'note: new'])(
    'a %s that is accepted is not blamed on the task',
    async text => {
      const work = await atGreen(at(), `${SIZE}// ${text}\n`)
      const { messages } = await work.done('T001')
      expect(messages).toContainEqual(
        expect.stringContaining('Linter: 1 finding from before this feature, not counted'),
      )
      expect(await work.end()).toEqual(COMPLETE)
    },
  )

  it('a new warning is found if the linter accepts none', async () => {
    const work = await atGreen(at('--max-warnings', '1'), `${SIZE}// warning: new\n`)
    const refusal = await mark(work)
    expect(refusal.text).toContain('found 1 problem in src/stack.js')
    expect(refusal.text).toContain('2 findings from before this feature are not counted')
    work.write(SOURCE, SIZE)
    await work.done('T001')
  })
})

it('a linter that ends early on the sources of the start blames no unchanged file', async () => {
  const tool = `import { existsSync } from 'node:fs'
if (!existsSync('src/ready.js')) throw new Error('not ready')
await import('./find.mjs')
`
  const files = { 'tools/lint.mjs': tool, 'src/old.js': 'const unused = 1\n' }
  const work = project({ lint: ['node', 'tools/lint.mjs', 'unused'] }, files)
  await atGreen(work, SIZE)
  work.write('src/ready.js', '// unused\n')
  expect((await mark(work)).text).toContain('found 1 problem in src/ready.js')
  work.write('src/ready.js', '// ready\n')
  await work.done('T001')
})

describe('findings that no task can fix', () => {
  it('in the files of the server and in the plan do not count', async () => {
    const work = await atGreen(project({ lint: ['node', 'tools/find.mjs', 'T001'] }), SIZE)
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('in tests whose code is still to be written do not count until it is', async () => {
    const plan =
      '## Tests\n- [ ] T001 Write failing test for size in tests/size.test.js\n\n## Core\n- [ ] T002 size in src/stack.js\n'
    const work = project(TYPES, {}, plan)
    await work.start('T001', 'test')
    work.write(
      SIZE_TEST,
      nodeTest('size', 'const mistyped = 0; assert.equal(new Stack().size, mistyped)'),
    )
    await work.red('T001', SIZE_TEST)
    await work.done('T001')
    await work.start('T002')
    await work.red('T002', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T002')
    expect(await work.refused('mark_complete', { task: 'T002' })).toMatchObject({
      code: 'check_fails',
    })
  })
})

describe('a tool that finds no file to check', () => {
  const NO_FILES = `import { existsSync } from 'node:fs'
if (!existsSync(process.argv[2])) {
  console.log('No files found to lint. Please check your paths and ignore patterns.')
  process.exitCode = 1
}
`
  const at = (folder: string) => ({ lint: ['node', 'tools/lint.mjs', folder] })
  const TOOL_FILE = { 'tools/lint.mjs': NO_FILES, [SOURCE]: '' }

  it('accepts a task that wrote no code, and the feature if none did', async () => {
    const plan = '## Setup\n- [ ] T001 Write the overview in README.md\n'
    const PASSING = "import test from 'node:test'\ntest('passes', () => {})\n"
    const work = project(at('code'), { ...TOOL_FILE, 'tests/old.test.js': PASSING }, plan)
    await work.check('T001', () => work.write('README.md', '# Stack\n\nNumbers.\n'))
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('accepts tests whose code is still to be written', async () => {
    const plan =
      '## Tests\n- [ ] T001 Write failing test for size in tests/size.test.js\n\n## Core\n- [ ] T002 size in src/stack.js\n'
    const work = project(at('code'), { ...TOOL_FILE, [SOURCE]: STUB }, plan)
    await work.start('T001', 'test')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.red('T001', SIZE_TEST)
    expect(await work.done('T001')).toMatchObject({ stage: 'done' })
  })

  it('accepts the configuration of a type checker that comes before the code', async () => {
    const plan = '## Setup\n- [ ] T001 Configure TypeScript in tsconfig.json\n'
    const types = { types: ['node', 'tools/types.mjs'] }
    const noInputs = `console.log("error TS18003: No inputs were found in config file 'tsconfig.json'.")\nprocess.exitCode = 2\n`
    const work = project(types, { 'tools/types.mjs': noInputs, [SOURCE]: '' }, plan)
    await work.check('T001', () => work.write('tsconfig.json', '{ "include": ["src"] }\n'))
    expect(work.read(TASKS)).toContain('[X] T001')
  })

  it('does not accept code that it did not look at', async () => {
    const work = await atGreen(project(at('code'), { ...TOOL_FILE, [SOURCE]: STUB }), SIZE)
    const refusal = await mark(work)
    expect(refusal).toMatchObject({ code: 'lint_fails' })
    expect(refusal.text).toContain('found no file to check')
    work.write('code/index.js', '// The folder exists.\n')
    await work.done('T001')
  })
})

it('a human can do without a linter', async () => {
  const work = project(
    { lint: false },
    {
      '.oxlintrc.json': '{}',
      'package.json':
        '{"type":"module","scripts":{"lint":"node tools/find.mjs Stack","test":"node --test"}}',
    },
  )
  await work.build('T001', ...FIRST)
  expect(await work.end()).toEqual(COMPLETE)
})
