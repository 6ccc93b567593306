import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { numbersTo, titleOf, type Contestant } from './contestant.ts'
import { HOME, type Package } from './install.ts'

const FILE = 'data/tasks.json'

export const SHRIMP: Package = { name: 'mcp-shrimp-task-manager', version: '1.0.21' }

/** It has no call for the next task: its list of the tasks that are not done names it. */
export function shrimp(program: string): Contestant {
  return {
    name: `${SHRIMP.name} ${SHRIMP.version}`,
    files({ tasks, done }) {
      const time = '2026-01-01T00:00:00.000Z'
      const list = numbersTo(tasks).map(task => ({
        id: idOf(task),
        name: titleOf(task),
        description: '',
        status: task <= done ? 'completed' : 'pending',
        dependencies: [],
        createdAt: time,
        updatedAt: time,
      }))
      return { [FILE]: JSON.stringify({ tasks: list }, null, 2) }
    },
    start: root => ({
      command: process.execPath,
      args: [program],
      env: { HOME, DATA_DIR: path.join(root, 'data'), ENABLE_GUI: 'false', TEMPLATES_USE: 'en' },
    }),
    next: () => ({ tool: 'list_tasks', args: { status: 'pending' } }),
    async finish(session, _, task) {
      const taskId = idOf(task)
      await session.call({ tool: 'execute_task', args: { taskId } })
      const summary = 'The document is written and was read once more.'
      return [{ tool: 'verify_task', args: { taskId, summary, score: 100 } }]
    },
    isDone: (root, task) =>
      new RegExp(`"id": "${idOf(task)}"[^{}]*"status": "completed"`).test(
        readFileSync(path.join(root, FILE), 'utf8'),
      ),
  }
}

function idOf(task: number): string {
  return `00000000-0000-4000-8000-${String(task).padStart(12, '0')}`
}
