import { describe, expect, test } from 'vitest'
import { after, criteria, task } from './fixture.ts'

const PATH = 'backlog/tasks/task-1 - A.md'
const DATES = ["created_date: '2026-01-01 08:00'"]

describe('finishing a task', () => {
  test('writes status, criteria and date, and nothing else', () => {
    const body = `${criteria('- [ ] #1 A', '- [x] #2 B')}\n- [ ] a note\n`
    const files = task('1', ["status: 'To Do'", ...DATES, 'x: "\\u00e4"'], body)
    expect(after(files, 'finish', 'TASK-1')).toEqual(
      task(
        '1',
        ["status: 'Done'", ...DATES, "updated_date: '2026-03-04 05:06'", 'x: "\\u00e4"'],
        body.replace('[ ] #1', '[x] #1'),
      ),
    )
  })

  test('has the date in the form of the file', () => {
    const dated = (line: string) => task('1', ['status: Done', line], criteria('- [ ] #1 A'))
    const lines = (line: string) => after(dated(line), 'finish', 'TASK-1')[PATH]
    expect(lines("updated_date: '2026-01-01'")).toContain("\nupdated_date: '2026-03-04'\n")
    expect(lines('updated_date: 2026-01-01 08:00')).toContain('\nupdated_date: 2026-03-04 05:06\n')
    expect(lines('x: y')).not.toContain('updated_date')
  })

  test('gives a file without a status one, with its line ends', () => {
    const [, text = ''] = Object.entries(task('1'))[0] ?? []
    const files = { [PATH]: text.replaceAll('\n', '\r\n') }
    expect(after(files, 'finish', 'TASK-1')[PATH]).toBe(
      '---\r\nstatus: Done\r\nid: TASK-1\r\ntitle: Add 1\r\n---\r\n',
    )
  })

  test('writes the last column of the board', () => {
    const files = {
      ...task('1', ['status: Ideas']),
      'backlog/config.yml': 'statuses: [Ideas, Now, Shipped it!]\n',
    }
    expect(after(files, 'finish', 'TASK-1')[PATH]).toContain("\nstatus: 'Shipped it!'\n")
    expect(after(files, 'start', 'TASK-1')[PATH]).toContain('\nstatus: Now\n')
  })

  test('of a group with its last sub-task finishes the group', () => {
    const files = {
      ...task('1', ['status: To Do']),
      ...task('1.1', ['status: To Do', 'parent_task_id: TASK-1']),
      ...task('1.2', ['status: To Do', 'parent_task_id: TASK-1']),
    }
    const once = after(files, 'finish', 'TASK-1.1')
    expect(once[PATH]).toContain('status: To Do')
    const both = after(once, 'finish', 'TASK-1.2')
    expect(both[PATH]).toContain('status: Done')
    expect(after(both, 'reopen', 'TASK-1.1')[PATH]).toContain('status: To Do')
  })
})

test('starting a task writes the status, and reopening it opens status and criteria', () => {
  const files = task('1', ['status: To Do'], criteria('- [x] #1 A'))
  const started = after(files, 'start', 'TASK-1')
  expect(started[PATH]).toContain('\nstatus: In Progress\n')
  const reopened = after(after(started, 'finish', 'TASK-1'), 'reopen', 'TASK-1')
  expect(reopened).toEqual(task('1', ['status: To Do'], criteria('- [ ] #1 A')))
})
