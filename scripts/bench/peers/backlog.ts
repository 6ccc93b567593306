import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { numbersTo, titleOf, type Contestant } from './contestant.ts'
import { HOME, type Package } from './install.ts'

export const BACKLOG: Package = { name: 'backlog.md', version: '1.52.0' }

export function backlog(program: string): Contestant {
  return {
    name: `Backlog.md ${BACKLOG.version}`,
    files({ tasks, done }) {
      const files = numbersTo(tasks).map(task => [fileOf(task), textOf(task, task <= done)])
      return { 'backlog/config.yml': CONFIG, ...Object.fromEntries(files) }
    },
    start: () => ({ command: process.execPath, args: [program, 'mcp', 'start'], env: { HOME } }),
    next: () => ({ tool: 'task_list', args: { status: 'To Do', ready: true, limit: 1 } }),
    finish: async (_, __, task) => [
      { tool: 'task_edit', args: { id: `TASK-${task}`, status: 'Done' } },
    ],
    isDone: (root, task) =>
      readFileSync(path.join(root, fileOf(task)), 'utf8').includes('status: Done'),
  }
}

function fileOf(task: number): string {
  return `backlog/tasks/task-${task} - ${titleOf(task).replaceAll(/\W+/g, '-')}.md`
}

function textOf(task: number, isDone: boolean): string {
  return `---
id: TASK-${task}
title: ${titleOf(task)}
status: ${isDone ? 'Done' : 'To Do'}
assignee: []
created_date: '2026-01-01 00:00'
labels: []
dependencies: []
ordinal: ${task * 1000}
---
`
}

/** As `backlog init --defaults` writes it. */
const CONFIG = `project_name: "load"
default_status: "To Do"
statuses: ["To Do", "In Progress", "Done"]
labels: []
date_format: yyyy-mm-dd
max_column_width: 20
auto_open_browser: true
default_port: 6420
remote_operations: true
auto_commit: false
filesystem_only: false
bypass_git_hooks: false
check_active_branches: true
active_branch_days: 30
task_prefix: "task"
`
