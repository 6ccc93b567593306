import type { FileUpdate } from '../scenario.ts'
import { eggtimerScenario } from './eggtimer.ts'

const DIR = 'backlog/tasks'
const FILES = [
  'task-1 - Compute-the-minutes.md',
  'task-1.1 - Minutes-for-a-firmness.md',
  'task-1.2 - Minute-for-a-large-egg.md',
  'task-2 - Reject-an-unknown-firmness.md',
]
const UPDATE: FileUpdate = {
  changes: [
    { name: 'statuses', from: /(?<=^status: )To Do$/, to: /(?<=^status: )Done$/ },
    { name: 'boxes', from: /(?<=^- )\[ \](?= #)/, to: /(?<=^- )\[x\](?= #)/ },
  ],
  added: [{ name: 'updated_date', line: /^updated_date: '[\d-]{10} [\d:]{5}'$/ }],
}

/** Eggtimer, planned with Backlog.md: a task per file, with its acceptance criteria. */
export const backlog = eggtimerScenario({
  example: 'backlog',
  feature: 'backlog~tasks',
  tasks: ['TASK-1.1', 'TASK-1.2', 'TASK-2'],
  tick: { path: `${DIR}/${FILES[3]}`, from: 'status: To Do', to: 'status: Done' },
  updates: Object.fromEntries(FILES.map(file => [`${DIR}/${file}`, UPDATE])),
})
