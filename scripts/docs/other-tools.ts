/** What another tool did when one of the attacks was tried with it. */
interface Observation {
  /** Number of the attack. */
  row: number
  tool: string
  observation: string
}

export const otherTools: readonly Observation[] = [
  {
    row: 1,
    tool: 'tdd-guard',
    observation:
      'The code passes with one `it()` in any path that contains `tests/`, or when it is written by a heredoc in a shell.',
  },
  {
    row: 3,
    tool: "task-master's autopilot",
    observation: '`{total:0,passed:0,failed:0}`, reported twice, finishes two subtasks.',
  },
  {
    row: 15,
    tool: "task-master's autopilot",
    observation: 'It takes the counts from its caller: `failed:-5` is accepted as RED.',
  },
  { row: 15, tool: 'tdd-guard', observation: 'A forged `test.json` is accepted.' },
]
