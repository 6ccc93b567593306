import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import * as z from 'zod'
import { numbersTo, titleOf, type Contestant } from './contestant.ts'
import { HOME, type Package } from './install.ts'

const FILE = '.taskmaster/tasks/tasks.json'

export const TASK_MASTER: Package = {
  name: 'task-master-ai',
  version: '0.43.1',
  bin: 'task-master-mcp',
}

export function taskMaster(program: string): Contestant {
  return {
    name: `${TASK_MASTER.name} ${TASK_MASTER.version}`,
    files({ tasks, done }) {
      const list = numbersTo(tasks).map(task => ({
        id: task,
        title: titleOf(task),
        description: '',
        details: '',
        testStrategy: '',
        priority: 'medium',
        dependencies: [],
        status: task <= done ? 'done' : 'pending',
        subtasks: [],
      }))
      const time = '2026-01-01T00:00:00.000Z'
      const metadata = { created: time, updated: time, description: 'Tasks for master context' }
      return {
        [FILE]: `${JSON.stringify({ master: { tasks: list, metadata } }, null, 2)}\n`,
        '.taskmaster/config.json': JSON.stringify({ global: { anonymousTelemetry: false } }),
        '.taskmaster/state.json': JSON.stringify({ currentTag: 'master' }),
      }
    },
    start: () => ({ command: process.execPath, args: [program], env: { HOME } }),
    next: root => ({ tool: 'next_task', args: { projectRoot: root } }),
    finish: async (_, root, task) => [
      { tool: 'set_task_status', args: { id: String(task), status: 'done', projectRoot: root } },
    ],
    isDone(root, task) {
      const { master } = fileSchema.parse(JSON.parse(readFileSync(path.join(root, FILE), 'utf8')))
      return master.tasks[task - 1]?.status === 'done'
    },
  }
}

const fileSchema = z.object({
  master: z.object({ tasks: z.array(z.object({ status: z.string() })) }),
})
