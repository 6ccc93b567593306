/** The whole loop as one instruction; a slash command in the clients that show prompts so. */
export const implement = {
  name: 'implement',
  title: 'Implement test first',
  description: 'Work through the feature task by task, test first, until it is validated.',
  /** The instruction for a feature, or for the active one. */
  text: (feature: string | undefined): string => {
    const which = feature === undefined ? 'the active feature' : `the feature ${feature}`
    const argument = feature === undefined ? '' : ` with feature "${feature}" in every call`
    return [
      `Implement ${which} with the redgreen tools${argument}.`,
      '1. Call next_task. Read the documents that it lists before the first task.',
      '2. Do only what its answer asks for next: write the failing test, then record_red; write the code, then record_green; clean up, then mark_complete. Tasks of kind check or test take fewer steps; the answer says which.',
      '3. Never edit the marks in the task file, the ledger or redgreen.config.json, and never weaken a test. A refusal names the step that helps.',
      '4. When a task cannot be done, call report_failure and tell the person.',
      '5. Repeat until next_task has no task left, then call run_validation and show the person its result. Committing is theirs.',
    ].join('\n')
  },
}
