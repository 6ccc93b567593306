import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { backlog } from '../../src/dialects/backlog/backlog.ts'
import type { Dialect, WorkspaceReader } from '../../src/dialects/dialect.ts'
import { taskMaster } from '../../src/dialects/task-master/task-master.ts'
import { workspaceReader } from '../../src/store/workspace-reader.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { temporaryFolder } from '../kit/folder.ts'

const TASKS = '.taskmaster/tasks/tasks.json'
const FILE = 'backlog/tasks/task-1 - A.md'

/** A workspace with one path that is not a file of its own. */
function workspaceWith(place: string, kind: string): WorkspaceReader {
  const root = temporaryFolder()
  const target = path.join(root, place)
  mkdirSync(path.dirname(target), { recursive: true })
  mkdirSync(path.join(root, 'backlog'), { recursive: true })
  writeFileSync(path.join(root, 'backlog/config.yml'), 'project_name: A\n')
  const outside = path.join(temporaryFolder(), 'file')
  writeFileSync(outside, '{"tasks": [{"id": 1, "title": "A"}]}')
  if (kind === 'a folder') mkdirSync(target)
  else symlinkSync(kind === 'a link to nothing' ? `${outside}-gone` : outside, target)
  const workspace = openWorkspace(root)
  if (workspace === undefined) throw new Error('no workspace')
  return workspaceReader(workspace, new Map())
}

function planIn(dialect: Dialect, reader: WorkspaceReader) {
  const active = dialect.active(reader)
  if (!('found' in active)) throw new Error('no feature')
  return dialect.read(reader, active.found)
}

test.each(['a folder', 'a link to nothing', 'a link out of the workspace'])(
  'a task file that is %s is refused with its path',
  kind => {
    for (const [dialect, place] of [
      [taskMaster, TASKS],
      [backlog, FILE],
    ] as const) {
      const reader = workspaceWith(place, kind)
      expect(dialect.detect(reader)).toBeDefined()
      expect(() => planIn(dialect, reader)).toThrow(
        expect.objectContaining({
          path: place,
          message: expect.stringContaining('is a folder, or'),
        }),
      )
    }
  },
)
