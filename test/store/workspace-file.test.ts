import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { disk, type Disk } from '../../src/store/disk.ts'
import { isMissing, readBytes } from '../../src/store/read-file.ts'
import { writeMarks } from '../../src/store/marks.ts'
import { Conflict } from '../../src/store/replace-file.ts'
import { readWorkspaceFile } from '../../src/store/workspace-file.ts'
import { absolute, contain, Outside } from '../../src/store/workspace.ts'
import { makeProject } from '../kit/project.ts'
import { openProject } from '../kit/store.ts'

const PLAN = 'plan/tasks.md'
const MARK = { path: PLAN, line: 1, start: 0, end: 3, from: '[ ]', to: '[X]' }
const OPERATIONS: (keyof Disk)[] = [
  'open',
  'read',
  'readAt',
  'writeAt',
  'stat',
  'statOpen',
  'real',
  'link',
  'rename',
  'remove',
]

const REAL = { ...disk }

/** A project whose folder `plan` is a link, and a folder outside that the link can be turned to. */
function linkedPlan() {
  const project = makeProject({ 'inside/tasks.md': '[ ] own' }, { git: false })
  const outside = mkdtempSync(path.join(tmpdir(), 'redgreen-outside-'))
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }))
  writeFileSync(path.join(outside, 'tasks.md'), '[ ] secret')
  const link = path.join(project.root, 'plan')
  const turn = (to: 'inside' | 'outside') => {
    symlinkSync(to === 'inside' ? path.join(project.root, 'inside') : outside, `${link}.new`)
    renameSync(`${link}.new`, link)
  }
  turn('inside')
  return { project, outside, turn, workspace: openProject(project).workspace }
}

/** Calls `act` with the number of each disk operation before it, from 1. */
function beforeEachOperation(act: (count: number) => void): void {
  let count = 0
  for (const name of OPERATIONS) {
    const real = disk[name]
    const instead = (...args: unknown[]): unknown => {
      count += 1
      act(count)
      return Reflect.apply(real, disk, args)
    }
    Object.assign(disk, { [name]: instead })
  }
}

/** The result of `work`; `undefined` if it is refused. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Outside || error instanceof Conflict || isMissing(error)) return undefined
    throw error
  } finally {
    restore()
  }
}

function restore(): void {
  vi.restoreAllMocks()
  Object.assign(disk, REAL)
}

afterEach(restore)

/** With and without a system that reports the path of an open file. */
const SYSTEMS = [true, false]

describe.each(SYSTEMS)('while another process turns a link (paths of open files: %s)', reports => {
  function forget(): void {
    if (reports) return
    vi.spyOn(disk, 'pathOf').mockReturnValue(undefined)
    vi.spyOn(disk, 'handlePath').mockReturnValue(undefined)
  }

  it('reads nothing outside, before whichever operation it is turned', () => {
    const { workspace, turn } = linkedPlan()
    for (let at = 1, isOver = false; !isOver; at += 1) {
      turn('inside')
      isOver = true
      forget()
      beforeEachOperation(count => {
        if (count < at) return
        isOver = false
        turn(count === at ? 'outside' : 'inside')
      })
      const text = attempt(() => readWorkspaceFile(workspace, PLAN))?.toString()
      // Without the path of the open file, a link that leads outside during the check is refused.
      expect(reports ? ['[ ] own'] : ['[ ] own', undefined]).toContain(text)
    }
  })

  it('refuses to read a file whose link is turned each time that it is opened', () => {
    const { workspace, turn } = linkedPlan()
    const { open } = disk
    forget()
    vi.spyOn(disk, 'open').mockImplementation((...args) => {
      turn('outside')
      const handle = open(...args)
      turn('inside')
      return handle
    })
    expect(() => readWorkspaceFile(workspace, PLAN)).toThrow(Outside)
  })
})

describe('while another process turns a link', () => {
  it('a read without the check of the opened file reads outside', () => {
    const { workspace, turn } = linkedPlan()
    const file = absolute(workspace, contain(workspace, PLAN))
    turn('outside')
    expect(readBytes(file)?.toString()).toBe('[ ] secret')
  })

  it.skipIf(process.platform !== 'linux')(
    'nothing outside is written, before whichever operation it is turned',
    () => {
      const { project, workspace, outside, turn } = linkedPlan()
      let written = 0
      for (let at = 1, isOver = false; !isOver; at += 1) {
        turn('inside')
        project.write('inside/tasks.md', '[ ] own')
        isOver = true
        beforeEachOperation(count => {
          if (count !== at) return
          isOver = false
          turn('outside')
        })
        attempt(() => writeMarks(workspace, [MARK]))
        if (project.read('inside/tasks.md') === '[X] own') written += 1
        expect(readFileSync(path.join(outside, 'tasks.md'), 'utf8')).toBe('[ ] secret')
        expect(readdirSync(outside)).toEqual(['tasks.md'])
      }
      expect(written).toBeGreaterThan(0)
    },
  )
})
