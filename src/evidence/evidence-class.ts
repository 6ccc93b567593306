/** How strong the proof of a task is, and what a reader should know about it. A task can be in several classes. */

/** Every class with the words for a reader, weakest first. The names are public: settings and command line use them. */
const CLASSES = {
  unproven: 'ticked, nothing proven',
  'lost-evidence': 'evidence that the ledger lost',
  'plan-changed': 'plan changed since its start',
  'configuration-changed': 'configuration changed since the start',
  'tests-changed': 'tests changed after the code',
  'tests-stopped': 'tests of the start that no longer run',
  'not-reverified': 'changed tests, not run again',
  flaky: 'recorded runs that vary when they are repeated',
  'not-replayed': 'recorded runs that cannot be repeated here',
  'weak-tests': 'tests that notice no change of the code',
  'no-mutation-check': 'tests without a mutation check',
  'test-aware-code': 'code that knows of its tests',
  'unwritten-code': 'functions of the task that do nothing or are missing',
  'unseen-code': 'new code in a refactoring that no test names',
  superseded: 'tests superseded by later code',
  dropped: 'dropped in the plan',
  waived: 'waived by a human',
  'settings-kind': 'kind set in the settings',
  'exit-code': 'proven by an exit code only',
  'settings-command': 'proven by a command of the settings',
  'load-failure': 'proven by a load failure only',
  late: 'proven late, after the code',
  human: 'confirmed by a human',
  check: 'proven by files or a check',
  refactor: 'proven by the same tests before and after',
  assertion: 'proven by assertion',
} as const

export type EvidenceClass = keyof typeof CLASSES

/** The classes, weakest first. */
export const EVIDENCE_CLASSES = Object.keys(CLASSES).filter(isEvidenceClass)

/**
 * Proofs that their kind of task asks for, and what can be nobody's fault, such as a language without a mutation check. Every policy
 * accepts them.
 */
export const REGULAR: ReadonlySet<EvidenceClass> = new Set([
  'assertion',
  'refactor',
  'check',
  'no-mutation-check',
])

/** Is the word the name of a class? */
export function isEvidenceClass(word: string): word is EvidenceClass {
  return Object.hasOwn(CLASSES, word)
}

/** The words for a reader, such as `proven late, after the code`. */
export function describeClass(name: EvidenceClass): string {
  return CLASSES[name]
}
