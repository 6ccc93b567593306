/** Why a run proves nothing. The codes are those of the public contract. */
export type NoProofCode =
  | 'red_passes'
  | 'red_not_loaded'
  | 'no_tests_ran'
  | 'timed_out'
  | 'crashed'
  | 'no_command'
  | 'inconsistent'
  | 'green_fails'
  | 'tests_missing'
  | 'skipped'
  | 'tests_changed'

export interface NoProof {
  proves: 'nothing'
  code: NoProofCode
  fact: string
}

export function provesNothing(code: NoProofCode, fact: string): NoProof {
  return { proves: 'nothing', code, fact: fact.replace(/[.:\s]+\.$/, '.') }
}
