import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync, appendFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { canMount, mounted } from '../kit/mounts.ts'
import { makeProject, TASKS } from '../kit/project.ts'

const PLAN = '## Setup\n- [ ] T001 Create notes.txt\n- [ ] T002 Create more.txt\n'

/** A task that only needs to be marked, on a small disk. */
async function readyToMark(options: string) {
  const project = makeProject({}, { git: false })
  const release = mounted(project.root, options)
  onTestFinished(release)
  project.write('specs/001-stack/spec.md', '# Stack\n')
  project.write('specs/001-stack/plan.md', '# Plan\n')
  project.write(TASKS, PLAN)
  project.write('notes.txt', 'x')
  const { call } = await connect(project.root)
  await call('next_task')
  await call('record_green', { task: 'T001' })
  return { project, call }
}

/** Writes until nothing more fits. */
function fill(root: string): void {
  for (let size = 65_536; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) appendFileSync(path.join(root, 'filler'), Buffer.alloc(size))
    } catch {
      // Full for pieces of this size.
    }
  }
}

function useUpInodes(folder: string): void {
  try {
    for (let index = 0; ; index += 1) writeFileSync(path.join(folder, `f${index}`), '')
  } catch {
    // No more files can be made.
  }
}

/** What happens to the disk, its mount options, and a function that causes it and returns how to undo it. */
const FAULTS: [string, string, (root: string) => () => void][] = [
  [
    'is full',
    'size=2m',
    root => {
      fill(root)
      return () => rmSync(path.join(root, 'filler'))
    },
  ],
  [
    'has no free inodes',
    'size=8m,nr_inodes=120',
    root => {
      const folder = path.join(root, 'many')
      execFileSync('mkdir', [folder])
      useUpInodes(folder)
      return () => rmSync(folder, { recursive: true })
    },
  ],
  [
    'is read-only',
    'size=8m',
    root => {
      execFileSync('mount', ['-o', 'remount,ro', root])
      return () => execFileSync('mount', ['-o', 'remount,rw', root])
    },
  ],
]

describe.skipIf(!canMount())('if the disk', () => {
  it.each(FAULTS)(
    '%s, a step is refused, and it works again after that',
    async (_what, options, breakDisk) => {
      const { project, call } = await readyToMark(options)
      const repair = breakDisk(project.root)
      const refused = await call('mark_complete', { task: 'T001' })
      expect(refused.code).toBe('conflict')
      expect(refused.text).toMatch(/cannot be written \((ENOSPC|EROFS)\)/)
      expect(project.read(TASKS)).toBe(PLAN)
      expect(readdirSync(path.join(project.root, 'specs/001-stack'))).toHaveLength(3)
      // Reading still works.
      expect((await call('read_document', { document: 'progress' })).text).toContain('T001')
      repair()
      expect((await call('mark_complete', { task: 'T001' })).data).toMatchObject({ stage: 'done' })
      expect(project.read(TASKS)).toBe(PLAN.replace('[ ] T001', '[X] T001'))
      expect((await call('next_task')).data).toMatchObject({ task: { id: 'T002' } })
    },
  )
})
