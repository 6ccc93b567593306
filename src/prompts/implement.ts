/** The whole loop as one instruction; some clients show it as a slash command. */
export const implement = {
  name: 'implement',
  title: 'Implement test first',
  description: 'Work through the feature task by task, test first, until it is validated.',
  /** The prompt for one feature, or for the active one. */
  text: (feature: string | undefined): string => {
    const name = feature === undefined ? 'the active feature' : `the feature ${feature}`
    const argument = feature === undefined ? '' : ` with feature "${feature}" in every call`
    return [
      `Implement ${name} with the redgreen tools${argument}.`,
      '1. Call next_task. Before the first task, read the documents that it lists.',
      '2. Do only what each answer asks for next: write the failing test, call record_red; write the code, call record_green; clean up, call mark_complete. Tasks of kind check, refactor or test need fewer steps; the answer says which.',
      '3. Never edit the marks in the task file, the ledger or redgreen.config.json, and never weaken a test. If a step is refused, do what the refusal says.',
      '4. If a task cannot be done, call report_failure and inform the user.',
      '5. Repeat until next_task has no task left. Then call run_validation and show the user its result. Leave committing to the user.',
    ].join('\n')
  },
}
