import { eggtimerScenario } from './eggtimer.ts'

const DIR = '_bmad-output/implementation-artifacts'
const STORY = `${DIR}/1-1-cooking-times.md`

/** Eggtimer, planned with BMAD: a story that waits for its review after the validation. */
export const bmad = eggtimerScenario({
  example: 'bmad',
  feature: '_bmad-output~implementation-artifacts~1-1-cooking-times.md',
  tasks: ['1', '2', '3'],
  tick: { path: STORY, from: '- [ ] Task 3', to: '- [x] Task 3' },
  updates: {
    [STORY]: {
      changes: [
        { name: 'boxes', from: /(?<=^ *- )\[ \](?= )/, to: /(?<=^ *- )\[x\](?= )/ },
        { name: 'status', from: /(?<=^Status: )ready-for-dev$/, to: /(?<=^Status: )review$/ },
      ],
    },
    [`${DIR}/sprint-status.yaml`]: {
      changes: [
        { name: 'epics', from: /(?<=^ {2}epic-1: )backlog$/, to: /(?<=^ {2}epic-1: )in-progress$/ },
        {
          name: 'stories',
          from: /(?<=^ {2}1-1.*: )ready-for-dev$/,
          to: /(?<=^ {2}1-1.*: )review$/,
        },
        {
          name: 'dates',
          from: /(?<=^last_updated: )[-\d]{10} [\d:]{5}$/,
          to: /(?<=^last_updated: )[-\d]{10} [\d:]{5}$/,
        },
      ],
    },
  },
})
