import { describe, expect, it } from 'vitest'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { atTerminal, hasTerminal, throughPipe } from '../../kit/program.ts'
import { stackProject, type Project } from '../../kit/project.ts'

const GOTCHAS = `# Gotchas

## Node.js

### Guessed ids

**Gotcha:** An id that everybody can guess is not an id
\`\`\`js
// ❌ FAILS
ids.add('s1')
// ✅ WORKS
ids.add(randomUUID())
\`\`\`
**Detection:** \`ids.add('s1')\`
**Fix:** Make it at random
`
const FOUND = "export const add = ids => ids.add('s1')"

async function finished(): Promise<{ project: Project; call: Assistant['call'] }> {
  const project = stackProject('## Setup\n- [ ] T001 Create notes.txt\n', {
    'notes.txt': 'x',
    'tests/one.test.js': "import test from 'node:test'\ntest('one', () => {})\n",
    'src/ids.js': `${FOUND}\n`,
    'agents/framework-gotchas.md': GOTCHAS,
    'redgreen.config.json': JSON.stringify({
      validation: { start: false },
      limits: { validationAttempts: 9 },
    }),
  })
  const { call } = await connect(project.root)
  await call('next_task')
  await call('record_green', { task: 'T001' })
  await call('mark_complete', { task: 'T001' })
  return { project, call }
}

function waive(project: Project, answer: string, ...more: string[]) {
  return atTerminal(
    project,
    answer,
    'waive',
    '--gotcha',
    'Guessed ids',
    '--reason',
    'a demo',
    ...more,
  )
}

describe.skipIf(!hasTerminal)('a place with a known gotcha', () => {
  it('fails the validation until a human waives it, who sees what they waive', async () => {
    const { project, call } = await finished()
    const before = await call('run_validation')
    expect(before.data).toMatchObject({ passed: false })
    expect(before.text).toContain('src/ids.js:1 Node.js: Guessed ids: An id that')
    expect(waive(project, 'no')).toMatchObject({ status: 1 })
    const args = ['waive', '--gotcha', 'Guessed ids', '--reason', 'a demo']
    expect(throughPipe(project, ...args).stderr).toContain('[phase_needs_person]')
    expect((await call('run_validation')).data).toMatchObject({ passed: false })
    const asked = waive(project, 'yes')
    expect(asked.stdout).toContain(`src/ids.js:1 ${FOUND}`)
    expect(asked.stdout).toContain('✅ Make it at random')
    expect(asked.stdout).toMatch(/Waived by .+: src\/ids\.js:1\./)
    const after = await call('run_validation')
    expect(after.data).toMatchObject({ passed: true })
    expect(after.text).toContain('0 places to fix, 1 waived')
    expect(project.read('.redgreen/reports/001-stack.md')).toMatch(
      /Guessed ids: waived at src\/ids\.js:1 \(a demo; .+\) ✓/,
    )
    const shown = atTerminal(project, '', 'verify')
    expect(shown.stdout).toContain('1 waived')
  })

  it.each([
    [
      'the same line once more',
      { 'src/ids.js': `${FOUND}\n${FOUND.replace('add =', 'add =')}\n` },
      'ids.js:2',
    ],
    ['another line', { 'src/ids.js': `${FOUND.replace('add =', 'put =')}\n` }, 'ids.js:1'],
    ['the same line in another file', { 'src/early.js': `${FOUND}\n` }, 'early.js:1'],
  ])(
    'is not waived with another place: %s',
    async (_what, files: Record<string, string>, place) => {
      const { project, call } = await finished()
      expect(waive(project, 'yes')).toMatchObject({ status: 0 })
      for (const [file, text] of Object.entries(files)) project.write(file, text)
      const { data, text } = await call('run_validation')
      expect(data).toMatchObject({ passed: false })
      expect(text).toContain(`src/${place} Node.js: Guessed ids`)
      expect(text).toMatch(/1 place to fix/)
    },
  )

  it('stays waived when it moves, and can be chosen by name and file', async () => {
    const { project, call } = await finished()
    project.write('src/more.js', `${FOUND}\n`)
    expect(waive(project, 'yes', '--file', 'src/none.js').stdout).toContain(
      '"Node.js: Guessed ids" at src/ids.js:1 and "Node.js: Guessed ids" at src/more.js:1',
    )
    expect(waive(project, 'yes', '--file', 'src/more.js').stdout).toMatch(/: src\/more\.js:1\./)
    project.write('src/more.js', `\n\n  ${FOUND}\n`)
    const { text } = await call('run_validation')
    expect(text).toContain('src/ids.js:1')
    expect(text).not.toContain('src/more.js:3 Node.js')
    expect(waive(project, 'yes\nno')).toMatchObject({ status: 0 })
    expect((await call('run_validation')).data).toMatchObject({ passed: true })
  })
})
