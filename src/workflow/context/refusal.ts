/** The codes by which the server says no; they are part of the public contract. */
export const refusalCodes = [
  'no_feature',
  'ambiguous_feature',
  'not_approved',
  'plan_changed',
  'plan_invalid',
  'unsupported_file',
  'unknown_task',
  'not_ready',
  'wrong_stage',
  'claimed',
  'halted',
  'all_done',
  'phase_needs_person',
  'path_outside',
  'not_a_test',
  'test_missing',
  'red_passes',
  'red_not_loaded',
  'red_not_new',
  'no_tests_ran',
  'timed_out',
  'crashed',
  'inconsistent',
  'moved',
  'green_fails',
  'tests_missing',
  'skipped',
  'tests_changed',
  'nothing_changed',
  'settings_changed',
  'suite_fails',
  'lint_fails',
  'untested_change',
  'file_missing',
  'check_fails',
  'attempts_used_up',
  'no_command',
  'no_git',
  'ledger_broken',
  'locked',
  'conflict',
  'bad_arguments',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** Its message is: the fact with numbers; what was not done; one next step. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: RefusalCode

  constructor(code: RefusalCode, ...sentences: string[]) {
    super(sentences.filter(sentence => sentence !== '').join(' '))
    this.code = code
  }
}

/** What only a person can decide, and the step goes on when they have. */
export type Decision =
  | { step: 'approve' }
  | { step: 'confirm-phase'; phase: string }
  | { step: 'confirm-standards' }
  | { step: 'mark-complete'; task: string }

/** A refusal for want of a person: their yes would let the step go on. */
export class HumanNeeded extends Refusal {
  readonly decision: Decision

  constructor(decision: Decision, code: RefusalCode, ...sentences: string[]) {
    super(code, ...sentences)
    this.decision = decision
  }
}
