import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { makeProject } from '../kit/project.ts'
import { nodeModulesWith } from '../runner/scenarios/installed.ts'
import { workAt, type HonestWork } from './work.ts'

const TEST = 'tests/card.test.js'
const SNAPSHOT = 'tests/__snapshots__/card.test.js.snap'

function testWith(matcher: string): string {
  return `import { expect, test } from 'vitest'\nimport { card } from '../src/card.js'\n\ntest('renders a card', () => {\n  expect(card('Ada')).${matcher}\n})\n`
}

/** A project whose first task is started, and whose card does nothing yet. */
async function started(): Promise<HonestWork> {
  const { root } = makeProject({
    'package.json': JSON.stringify({ type: 'module', devDependencies: { vitest: '*' } }),
    '.gitignore': 'node_modules\n',
    'specs/001-card/spec.md': '# Card\n',
    'specs/001-card/plan.md': '# Plan\n',
    'specs/001-card/tasks.md': '## Core\n- [ ] T001 Render a card in src/card.js\n',
    'src/card.js': 'export function card() {}\n',
  })
  symlinkSync(nodeModulesWith('vitest') ?? '', path.join(root, 'node_modules'))
  const work = workAt(root)
  await work.start('T001')
  return work
}

function writeSnapshots({ root }: HonestWork): void {
  const program = path.join(root, 'node_modules/vitest/vitest.mjs')
  execFileSync(process.execPath, [program, 'run', TEST, '-u'], { cwd: root, stdio: 'ignore' })
}

const CODE = 'export function card(name) {\n  return `<p>${name}</p>`\n}\n'

it('a first snapshot is not a dead end: the answers say what is missing, and each step that they name works', async () => {
  const work = await started()
  work.write(TEST, testWith('toMatchSnapshot()'))
  const { notes } = await work.red('T001', TEST)
  expect(notes).toContainEqual(
    expect.stringContaining(
      '! "renders a card" has no snapshot yet: such a test fails with any code, and a snapshot that is written from the output of the code proves no behaviour by itself.',
    ),
  )
  work.write('src/card.js', CODE)
  const { code, text } = await work.refused('record_green', { task: 'T001' })
  expect(code).toBe('green_fails')
  expect(text).toContain(`run \`npx vitest run ${TEST} -u\` once and compare what it wrote`)
  expect(text).not.toContain('Change the code')
  writeSnapshots(work)
  await work.green('T001')
  await work.done('T001')
})

it('the expected value that is written by hand is a RED like any other', async () => {
  const work = await started()
  work.write(TEST, testWith('toMatchSnapshot()'))
  await work.red('T001', TEST)
  work.write(TEST, testWith('toMatchInlineSnapshot(`"<p>Ada</p>"`)'))
  expect((await work.red('T001', TEST))['notes']).toBeUndefined()
  work.write('src/card.js', CODE)
  await work.green('T001')
  await work.done('T001')
})

it('a snapshot of what a stub returns is not RED, and the refusal says why', async () => {
  const work = await started()
  work.write(TEST, testWith('toMatchSnapshot()'))
  writeSnapshots(work)
  expect(await work.refused('record_red', { task: 'T001', tests: [TEST] })).toMatchObject({
    code: 'red_passes',
    text: expect.stringContaining(`${SNAPSHOT} was written before the code`),
  })
})

it('a snapshot that the earlier code gives too does not replace a missing one', async () => {
  const work = await started()
  work.write(TEST, testWith('toMatchSnapshot()'))
  await work.red('T001', TEST)
  writeSnapshots(work)
  work.write('src/card.js', `${CODE}// changed\n`.replace('return', 'if (name === 1) return'))
  const { code } = await work.refused('record_green', { task: 'T001' })
  expect(code).toBe('tests_changed')
})
