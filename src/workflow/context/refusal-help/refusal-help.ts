/** Headings of the troubleshooting page, in its order. */
export const helpTopics = {
  plan: 'Plan and feature',
  task: 'Choosing a task',
  red: 'record_red',
  run: 'Running tests',
  green: 'record_green',
  complete: 'mark_complete',
  human: 'Decisions of a human',
  project: 'Project, git and ledger',
} as const

export interface RefusalHelp {
  topic: keyof typeof helpTopics
  /** What causes the refusal. */
  cause: string
  /** What to do about it. */
  fix: string
}
