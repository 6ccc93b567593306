import { oneLine } from '../../runner/safe-text.ts'

/** Why a call is refused. The codes are part of the public contract. */
export const refusalCodes = [
  'no_feature',
  'no_project',
  'ambiguous_feature',
  'not_approved',
  'plan_changed',
  'plan_invalid',
  'conflict_markers',
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
  'server_stopped',
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
  'weak_tests',
  'file_missing',
  'check_fails',
  'attempts_used_up',
  'no_command',
  'no_git',
  'ledger_broken',
  'locked',
  'store_unreachable',
  'conflict',
  'bad_arguments',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** A part of a refusal that has lines of its own, such as output between fences. */
export class Block {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/**
 * A call that is refused. The sentences say what is wrong, what was not done, and one next step. They are one line: the name of a file
 * or folder in them cannot begin another one, which would look like text of the server.
 */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: RefusalCode
  /** What is wrong: the first of its sentences. */
  readonly fact: string

  constructor(code: RefusalCode, ...parts: (string | Block)[]) {
    const texts = parts.map(part => (typeof part === 'string' ? oneLine(part) : part.text))
    super(texts.filter(text => text !== '').join(' '))
    this.code = code
    this.fact = texts[0] ?? ''
  }
}

/** A decision that only a human can make. The step can continue after it. */
export type Decision =
  | { step: 'approve' }
  | { step: 'confirm-phase'; phase: string }
  | { step: 'confirm-standards' }
  | { step: 'mark-complete'; task: string }
  | { step: 'allow-run' }

/** A step is refused because a human has to decide first. */
export class HumanNeeded extends Refusal {
  readonly decision: Decision

  constructor(decision: Decision, code: RefusalCode, ...parts: (string | Block)[]) {
    super(code, ...parts)
    this.decision = decision
  }
}
