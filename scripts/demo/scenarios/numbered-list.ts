import type { Scenario } from '../scenario.ts'

/** A demo of Eggtimer whose three tasks are boxes with numbers. */
interface NumberedDemo extends Pick<Scenario, 'example' | 'feature' | 'approval'> {
  /** The file with the tasks. */
  path: string
  /** The numbers of the tasks, in their order. */
  tasks: [first: string, second: string, last: string]
}

/** The second task is tried with a test that already passes, and the last one is ticked by hand. */
export function numberedScenario({ path, tasks, ...demo }: NumberedDemo): Scenario {
  const [first, second, last] = tasks
  const number = last.includes('.') ? last : `${last}.`
  return {
    ...demo,
    steps: {
      [first]: { refactor: 'Named the table of minutes.' },
      [second]: {
        refactor: 'Nothing to clean up.',
        attempts: [
          {
            before: 'record_red',
            description: 'a test that already passes',
            files: 'passing-test',
            calls: 'record_red',
            arguments: { task: second, tests: ['tests/size.test.js'] },
            refused: 'red_passes',
          },
          {
            before: 'record_green',
            description: `tick ${last} by hand`,
            ticks: last,
            by: { path, from: `- [ ] ${number} `, to: `- [x] ${number} ` },
          },
        ],
      },
      [last]: { refactor: 'Nothing to clean up.' },
    },
    updates: {
      [path]: {
        changes: [{ name: 'boxes', from: /(?<=^ *- )\[ \](?= \d)/, to: /(?<=^ *- )\[x\](?= \d)/ }],
      },
    },
  }
}
