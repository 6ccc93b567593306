import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { nodeTest, stackProject } from '../kit/project.ts'
import { runCommand } from '../kit/program.ts'

const PLAN = '## Phase 1: Core\n- [ ] T001 size in src/stack.js\n- [ ] T002 push in src/stack.js\n'
/** Writes its process id, then never ends. */
const HANGS = `import { writeFileSync } from 'node:fs'
writeFileSync('hanging.txt', String(process.pid))
setInterval(() => {}, 1000)
`
/** How long a test polls before it fails. */
const DEADLINE = { timeout: 60_000 }

describe.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('a server that gets %s', signal => {
  it('ends at once after it ran tests, answers the running call, and records nothing', async () => {
    const project = stackProject(PLAN, { 'src/stack.js': 'export class Stack {}\n' })
    const { call, pid } = await connect(project.root)
    await call('next_task')
    project.write('tests/size.test.js', nodeTest('size', 'assert.equal(new Stack().size, 0)'))
    const tests = ['tests/size.test.js']
    expect(await call('record_red', { task: 'T001', tests })).toMatchObject({ code: undefined })
    project.write('src/stack.js', `${HANGS}export class Stack {\n  size = 0\n}\n`)
    const before = ledgerOf(project.root)
    const answer = call('record_green', { task: 'T001' })
    const hanging = path.join(project.root, 'hanging.txt')
    await expect.poll(() => existsSync(hanging), DEADLINE).toBe(true)

    process.kill(pid, signal)

    expect(await answer).toMatchObject({ code: 'server_stopped' })
    await expect.poll(() => isAlive(pid), DEADLINE).toBe(false)
    await expect.poll(() => isAlive(Number(readFileSync(hanging, 'utf8'))), DEADLINE).toBe(false)
    expect(ledgerOf(project.root)).toBe(before)
    const { stdout } = runCommand(project, ['status', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ feature: { id: '001-stack' } })
  })

  it('ends at once when nothing runs any more', async () => {
    const project = stackProject(PLAN, { 'src/stack.js': 'export class Stack {}\n' })
    const { call, pid } = await connect(project.root)
    await call('next_task')
    project.write('tests/size.test.js', nodeTest('size', 'assert.equal(new Stack().size, 0)'))
    await call('record_red', { task: 'T001', tests: ['tests/size.test.js'] })
    process.kill(pid, signal)
    await expect.poll(() => isAlive(pid), DEADLINE).toBe(false)
  })
})

/** Every line that is recorded. */
function ledgerOf(root: string): string {
  const folder = path.join(root, '.redgreen/ledger')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const lines = files.filter(file => file.endsWith('.jsonl')).sort()
  return lines.map(file => readFileSync(path.join(folder, file), 'utf8')).join('')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
