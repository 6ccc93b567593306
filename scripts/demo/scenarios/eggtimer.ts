import type { Scenario, Tick } from '../scenario.ts'

/** A demo of Eggtimer: its three tasks are the minutes, the size and an unknown firmness. */
export interface EggtimerDemo extends Pick<
  Scenario,
  'example' | 'feature' | 'approval' | 'updates'
> {
  /** The ids of the tasks, in their order. */
  tasks: [first: string, second: string, last: string]
  /** How the last task is marked as done by hand. */
  tick: Tick
}

/** The second task is tried with a test that already passes, and the last one is ticked by hand. */
export function eggtimerScenario({ tasks, tick, ...demo }: EggtimerDemo): Scenario {
  const [first, second, last] = tasks
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
          { before: 'record_green', description: `tick ${last} by hand`, ticks: last, by: tick },
        ],
      },
      [last]: { refactor: 'Nothing to clean up.' },
    },
  }
}
