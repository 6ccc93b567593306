import { describe, expect, it } from 'vitest'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { humanApproves } from '../../kit/human.ts'
import { nodeTest, stackProject, type Project } from '../../kit/project.ts'
import { someOf } from '../../kit/slow.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n'
const TEST = 'tests/size.test.js'
const CONFIG = '{ "rules": { "no-debugger": "error" } }\n'
const DIRTY = 'export class Stack {\n  size = 0\n}\ndebugger\n'
const CLEAN = 'export class Stack {\n  size = 0\n}\n'

/** A linter that reads the rules from `.oxlintrc.json` and refuses the word of each rule that is an error. */
const LINTER = `import { readFileSync } from 'node:fs'
const { rules = {}, ignorePatterns = [] } = JSON.parse(readFileSync('.oxlintrc.json', 'utf8'))
const text = readFileSync('src/stack.js', 'utf8')
if (ignorePatterns.includes('src')) process.exit(0)
for (const [rule, level] of Object.entries(rules))
  if (level === 'error' && text.includes(rule.replace('no-', ''))) {
    console.log(rule)
    process.exitCode = 1
  }
`
const SETTINGS = JSON.stringify({
  commands: { lint: ['node', 'tools/lint.mjs'] },
  checks: { build: ['npm', 'run', '--silent', 'build'] },
})

interface Session {
  project: Project
  call: Assistant['call']
}

/** T001 is green with this code. */
async function atGreen(code: string, more: Record<string, string> = {}): Promise<Session> {
  const project = stackProject(PLAN, {
    'src/stack.js': 'export class Stack {}\n',
    'tools/lint.mjs': LINTER,
    '.oxlintrc.json': CONFIG,
    'redgreen.config.json': SETTINGS,
    ...more,
  })
  const { call } = await connect(project.root)
  await call('next_task')
  project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size, 0)'))
  await call('record_red', { task: 'T001', tests: [TEST] })
  project.write('src/stack.js', code)
  expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: undefined })
  return { project, call }
}

const done = ({ call }: Session) => call('mark_complete', { task: 'T001' })

describe('the configuration of a linter that refused the task', () => {
  it.each([
    ['turns the rule off', '{ "rules": { "no-debugger": "off" } }\n'],
    ['drops the rule', '{}\n'],
    ['ignores the folder', '{ "rules": { "no-debugger": "error" }, "ignorePatterns": ["src"] }\n'],
  ])('cannot accept it because an edit %s', async (_how, config) => {
    const session = await atGreen(DIRTY)
    expect(await done(session)).toMatchObject({ code: 'lint_fails' })
    session.project.write('.oxlintrc.json', config)
    const refused = await done(session)
    expect(refused).toMatchObject({ code: 'settings_changed' })
    expect(refused.text).toMatch(/\.oxlintrc\.json changed after the linter refused T001/)
    expect(refused.text).toContain('redgreen approve')
    // Restoring it and fixing the code needs nobody.
    session.project.write('.oxlintrc.json', CONFIG)
    session.project.write('src/stack.js', CLEAN)
    expect(await done(session)).toMatchObject({ code: undefined })
  })

  it('is also a file that it extends', async () => {
    const extended = `{ "extends": "./tools/rules.json" }\n`
    const linter = LINTER.replace(
      "readFileSync('.oxlintrc.json'",
      "readFileSync('tools/rules.json'",
    )
    const session = await atGreen(DIRTY, {
      'tools/lint.mjs': linter,
      'tools/rules.json': CONFIG,
      '.oxlintrc.json': extended,
    })
    expect(await done(session)).toMatchObject({ code: 'lint_fails' })
    session.project.write('tools/rules.json', '{ "rules": {} }\n')
    const { code, text } = await done(session)
    expect(code).toBe('settings_changed')
    expect(text).toMatch(/tools\/rules\.json.* changed after the linter refused T001/)
  })

  it('counts in its new form after a human has seen it', async () => {
    const session = await atGreen(DIRTY)
    await done(session)
    session.project.write('.oxlintrc.json', '{}\n')
    expect(await done(session)).toMatchObject({ code: 'settings_changed' })
    expect(await humanApproves(session.project)).toContain('.oxlintrc.json (decides whether')
    expect(await done(session)).toMatchObject({ code: undefined })
    const { data } = await session.call('run_validation')
    expect(data).toMatchObject({ passed: true })
    expect(JSON.stringify(data)).not.toContain('Configuration of checks')
  })

  it('may get stricter, be formatted, or change elsewhere, with the code fixed', async () => {
    const session = await atGreen(DIRTY)
    await done(session)
    session.project.write(
      '.oxlintrc.json',
      '{\n  "rules": { "no-alert": "error", "no-debugger": "error" }\n}\n',
    )
    session.project.write('src/stack.js', CLEAN)
    expect(await done(session)).toMatchObject({ code: undefined })
  })
})

describe('a linter whose configuration was removed after it refused the task', () => {
  it('still refuses', async () => {
    const session = await atGreen(DIRTY, {
      'tools/lint.mjs': LINTER.replace(
        'const {',
        "import { existsSync } from 'node:fs'\nif (!existsSync('.oxlintrc.json')) process.exit(0)\nconst {",
      ),
    })
    await done(session)
    session.project.remove('.oxlintrc.json')
    expect(await done(session)).toMatchObject({ code: 'settings_changed' })
  })
})

it('a linter that is no longer installed after it refused the task still refuses', async () => {
  const session = await atGreen(DIRTY, {
    'redgreen.config.json': '{}',
    '.gitignore': 'node_modules\n',
    'node_modules/oxlint/package.json':
      '{"name":"oxlint","version":"1.0.0","bin":{"oxlint":"lint.mjs"}}',
    'node_modules/oxlint/lint.mjs': LINTER,
  })
  expect(await done(session)).toMatchObject({ code: 'lint_fails' })
  session.project.remove('node_modules')
  expect(await done(session)).toMatchObject({
    code: 'settings_changed',
    text: expect.stringContaining('has no linter any more'),
  })
})

describe('configuration that changes before anything refused', () => {
  it('is named in the answers, the report and verify, and refused nowhere', async () => {
    const session = await atGreen(CLEAN)
    session.project.write('.oxlintrc.json', '{ "rules": {} }\n')
    const manifest = session.project.read('package.json')
    session.project.write('package.json', manifest.replace('"test"', '"build":"true","test"'))
    const marked = await done(session)
    expect(marked).toMatchObject({ code: undefined })
    const named = /changed with this task: \.oxlintrc\.json and package\.json#scripts\.build/
    expect(marked.text).toMatch(named)
    const { data, text } = await session.call('run_validation')
    expect(data).toMatchObject({ passed: true })
    expect(text).toContain('.oxlintrc.json and package.json#scripts.build')
    const report = session.project.read('.redgreen/reports/001-stack.md')
    expect(report).toContain('package.json#scripts.build')
    const [verified] = await verify(callAt(session.project.root))
    expect(verified).toMatchObject({ passed: true, configuration: 2 })
    expect(verified?.notes.join()).toContain('.oxlintrc.json')
  })

  it.each(
    someOf(2, [
      [
        'a dependency',
        'package.json',
        '{"name":"stack","type":"module","scripts":{"test":"node --test"},"dependencies":{}}',
      ],
      [
        'a script that starts',
        'package.json',
        '{"name":"stack","type":"module","scripts":{"test":"node --test","dev":"node ."}}',
      ],
      [
        'a formatter run',
        '.oxlintrc.json',
        '{\n  "rules": {\n    "no-debugger": "error"\n  }\n}\n',
      ],
      [
        'a path alias',
        'tsconfig.json',
        '{"compilerOptions":{"strict":true,"paths":{"@/*":["./src/*"]}}}',
      ],
    ]),
  )('is not meant by %s', async (_what, file, text) => {
    const session = await atGreen(CLEAN, { 'tsconfig.json': '{"compilerOptions":{"strict":true}}' })
    session.project.write(file, text)
    const marked = await done(session)
    expect(marked).toMatchObject({ code: undefined })
    expect(marked.text).not.toContain('Configuration of checks')
  })
})

describe('a named check that refused the task', () => {
  const manifest = (build: string) =>
    JSON.stringify({ name: 'stack', type: 'module', scripts: { test: 'node --test', build } })
  const BUILD = "node -e 'require(`fs`).readFileSync(`notes.txt`)' && grep -q words notes.txt"

  async function refused(): Promise<Session> {
    const project = stackProject('## Setup\n- [ ] T001 Create notes.txt\n', {
      'package.json': manifest(BUILD),
      'redgreen.config.json': SETTINGS,
      '.oxlintrc.json': CONFIG,
      'tools/lint.mjs': LINTER,
      'src/stack.js': CLEAN,
    })
    const { call } = await connect(project.root)
    await call('next_task')
    project.write('notes.txt', 'none')
    expect(await call('record_green', { task: 'T001', check: 'build' })).toMatchObject({
      code: 'check_fails',
    })
    return { project, call }
  }

  it('is not satisfied by another script of that name', async () => {
    const { project, call } = await refused()
    project.write('package.json', manifest('true'))
    expect(await call('record_green', { task: 'T001', check: 'build' })).toMatchObject({
      code: 'settings_changed',
      text: expect.stringContaining('package.json#scripts.build'),
    })
  })

  it('may change its script if the earlier one passes as well', async () => {
    const { project, call } = await refused()
    project.write('notes.txt', 'words')
    project.write('package.json', manifest(`${BUILD} && true`))
    expect(await call('record_green', { task: 'T001', check: 'build' })).toMatchObject({
      code: undefined,
    })
  })
})

describe('a type checker that refused the task', () => {
  it('is not satisfied by a configuration that leaves the files out', async () => {
    const types = `import { readFileSync } from 'node:fs'
const { include = [] } = JSON.parse(readFileSync('tsconfig.json', 'utf8'))
process.exitCode = include.includes('src') ? 1 : 0
`
    const settings = JSON.stringify({ commands: { types: ['node', 'tools/types.mjs'] } })
    const session = await atGreen(CLEAN, {
      'redgreen.config.json': settings,
      'tools/types.mjs': types,
      'tsconfig.json': '{"include":["src"]}',
      '.oxlintrc.json': '{}',
    })
    const { call, project } = session
    expect(await done(session)).toMatchObject({ code: 'check_fails' })
    project.write('tsconfig.json', '{"include":["lib"]}')
    expect(await done(session)).toMatchObject({ code: 'settings_changed' })
    await humanApproves(project)
    expect(await done(session)).toMatchObject({ code: undefined })
    expect((await call('run_validation')).data).toMatchObject({ passed: true })
  })
})
