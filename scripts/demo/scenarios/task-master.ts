import { eggtimerScenario } from './eggtimer.ts'

const PATH = '.taskmaster/tasks/tasks.json'
const BEFORE = '"dependencies": [1],\n        "status": '

/** Eggtimer, planned with task-master: the last sub-task finishes its task. */
export const taskMaster = eggtimerScenario({
  example: 'task-master',
  feature: 'taskmaster~tasks~tasks.json#master',
  tasks: ['1.1', '1.2', '2'],
  tick: { path: PATH, from: `${BEFORE}"pending"`, to: `${BEFORE}"done"` },
  updates: {
    [PATH]: {
      changes: [
        { name: '"status"', from: /(?<=^ +"status": )"pending"/, to: /(?<=^ +"status": )"done"/ },
      ],
    },
  },
})
