import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { numbersTo, titleOf, type Contestant } from './contestant.ts'

/** The floor: a bundled server that locks a JSON file of tasks, and does nothing else. */
export function lockedFile(program: string): Contestant {
  return {
    name: 'locked JSON file',
    files({ tasks, done }) {
      const list = numbersTo(tasks).map(task => ({
        id: String(task),
        title: titleOf(task),
        done: task <= done,
      }))
      return { 'tasks.json': JSON.stringify(list) }
    },
    start: root => ({ command: process.execPath, args: [program, root] }),
    next: () => ({ tool: 'next', args: {} }),
    finish: async (_, __, task) => [{ tool: 'finish', args: { id: String(task) } }],
    isDone: (root, task) =>
      readFileSync(path.join(root, 'tasks.json'), 'utf8').includes(
        `"title":"${titleOf(task)}","done":true`,
      ),
  }
}
