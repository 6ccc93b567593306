import type { NoProof } from '../evidence/verdict.ts'

/** The server says no. The codes are part of the public contract. */
export type RefusalCode =
  | NoProof
  | 'no_feature'
  | 'ambiguous_feature'
  | 'plan_invalid'
  | 'unknown_task'
  | 'not_ready'
  | 'wrong_stage'
  | 'claimed'
  | 'halted'
  | 'all_done'
  | 'phase_needs_person'
  | 'path_outside'
  | 'not_a_test'
  | 'test_missing'
  | 'red_not_new'
  | 'moved'
  | 'tests_changed'
  | 'nothing_changed'
  | 'settings_changed'
  | 'suite_fails'
  | 'lint_fails'
  | 'file_missing'
  | 'check_fails'
  | 'runs_used_up'
  | 'attempts_used_up'
  | 'ledger_broken'
  | 'locked'
  | 'conflict'
  | 'unsupported_file'
  | 'bad_arguments'

/** Its message is: the fact with numbers; what was not done; one next step. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: RefusalCode

  constructor(code: RefusalCode, ...sentences: string[]) {
    super(sentences.filter(sentence => sentence !== '').join(' '))
    this.code = code
  }
}
