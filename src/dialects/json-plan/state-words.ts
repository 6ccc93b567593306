import type { MarkState } from '../../plan/plan.ts'

/** Parses a state in any spelling: `in-progress`, `In Progress`, `IN_PROGRESS`. Unknown words mean `open`. */
export function parseState(word: string): MarkState {
  return WORDS.get(normalized(word)) ?? 'open'
}

/** Has the word a known meaning? */
export function isKnownState(word: string): boolean {
  return WORDS.has(normalized(word))
}

/** A task that is blocked waits for a human, who changes its status. */
export function isBlockedState(word: string): boolean {
  return BLOCKED.has(normalized(word))
}

function normalized(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
}

const BLOCKED: ReadonlySet<string> = new Set(['blocked', 'on_hold', 'waiting'])

const WORDS: ReadonlyMap<string, MarkState> = new Map([
  ...words('done', 'true yes done complete completed finished closed shipped'),
  ...words('done', 'pass passes passed passing verified implemented merged released deployed'),
  ...words('doing', 'in_progress inprogress doing started active wip ongoing'),
  ...words('doing', 'in_review review needs_review testing partial partially_done'),
  ...words('doing', 'ready_for_review ready_for_qa ready_for_test in_qa in_test in_development'),
  ...words('open', 'false no pending open todo to_do not_started notstarted new planned ready'),
  ...words('open', 'backlog queued unstarted not_implemented incomplete draft'),
  ...words('open', 'spec_ready ready_to_start proposed defined specified scheduled'),
  ...words('open', 'fail failing failed not_passing'),
  ...words('open', [...BLOCKED, ''].join(' ')),
  ...words('other', 'skipped deferred dropped obsolete rejected superseded'),
  ...words('other', 'cancelled canceled wontfix wont_fix postponed'),
])

function words(state: MarkState, list: string): [string, MarkState][] {
  return list.split(' ').map((word): [string, MarkState] => [word, state])
}
