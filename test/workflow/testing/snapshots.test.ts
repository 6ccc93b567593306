import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stateOf } from '../../../src/store/state.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { recordGreen } from '../../../src/workflow/record-green.ts'
import { recordRed } from '../../../src/workflow/record-red.ts'
import { callAt } from '../../kit/call.ts'
import { makeProject, nodeTest, stackProject, type Project } from '../../kit/project.ts'

/** Replaces git by a script that logs, for each snapshot, its size in bytes and whether the lock was held. */
function logGit(project: Project): () => { isLocked: boolean; bytes: number }[] {
  const bin = makeProject({}, { git: false })
  const [git, log] = [path.join(bin.root, 'git'), path.join(bin.root, 'log')]
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim()
  const lock = path.join(stateOf({ root: project.root }).shared, 'lock')
  const script = `#!/bin/sh
case "$*" in *fast-import*)
  input=$(mktemp)
  cat > "$input"
  if [ -d "${lock}" ]; then echo "true $(wc -c < "$input")"; else echo "false $(wc -c < "$input")"; fi >> "${log}"
  exec "${real}" "$@" < "$input"
esac
exec "${real}" "$@"
`
  writeFileSync(git, script)
  chmodSync(git, 0o755)
  const { PATH = '' } = process.env
  process.env['PATH'] = `${bin.root}:${PATH}`
  onTestFinished(() => void (process.env['PATH'] = PATH))
  return () => {
    const lines = readFileSync(log, 'utf8').trim().split('\n')
    return lines.map(line => {
      const [isLocked, bytes] = line.split(/\s+/)
      return { isLocked: isLocked === 'true', bytes: Number(bytes) }
    })
  }
}

function writeMany(project: Project, text: string): void {
  for (let at = 0; at < 100; at += 1) project.write(`docs/part-${at}.txt`, text.repeat(1000))
}

describe.skipIf(process.platform === 'win32')('a snapshot of many files', () => {
  it('is stored without holding the lock, for each step', async () => {
    const plan = '## Core\n- [ ] T001 size in src/stack.js\n- [ ] T002 Create notes.txt\n'
    const project = stackProject(plan, { 'src/stack.js': 'export class Stack {}\n' })
    const log = logGit(project)
    const call = callAt(project.root)
    writeMany(project, 'a')
    await nextTask(call, {})
    writeMany(project, 'b')
    project.write('tests/a.test.js', nodeTest('a', 'assert.equal(new Stack().size, 0)'))
    await recordRed(call, { task: 'T001', tests: ['tests/a.test.js'] })
    writeMany(project, 'c')
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    await recordGreen(call, { task: 'T001' })
    const snapshots = log()
    const long = snapshots.filter(({ bytes }) => bytes > 90_000)
    expect(long).toHaveLength(3)
    expect(long.filter(({ isLocked }) => isLocked)).toEqual([])
    // Under the lock, only the references are written, without git.
    expect(snapshots.filter(({ isLocked }) => isLocked)).toEqual([])
  })

  it('is stored without holding the lock for a check too', async () => {
    const project = stackProject('## Setup\n- [ ] T001 Create notes.txt\n')
    const log = logGit(project)
    const call = callAt(project.root)
    await nextTask(call, {})
    writeMany(project, 'a')
    project.write('notes.txt', 'x')
    await recordGreen(call, { task: 'T001' })
    expect(log().filter(({ bytes }) => bytes > 90_000)).toMatchObject([{ isLocked: false }])
  })
})
