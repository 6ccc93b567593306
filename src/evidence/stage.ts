import type { Kind } from '../plan/plan.ts'

/** The stage of a task. */
export type Stage = 'todo' | 'red' | 'green' | 'done'

/** The steps that move a task from stage to stage. */
export type Move = 'record_red' | 'record_green' | 'mark_complete'

/** For each kind, the next move at each stage. A kind does not use a stage that has no move. */
const NEXT = {
  build: { todo: 'record_red', red: 'record_green', green: 'mark_complete' },
  test: { todo: 'record_red', red: 'mark_complete' },
  cover: { todo: 'record_red', red: 'record_green', green: 'mark_complete' },
  refactor: { todo: 'record_green', green: 'mark_complete' },
  check: { todo: 'record_green', green: 'mark_complete' },
  person: { todo: 'mark_complete' },
} as const satisfies Record<Kind, Partial<Record<Stage, Move>>>

/** Moves that may be repeated, because a task can go through red and green more than once. */
const AGAIN = {
  build: { red: ['record_red'], green: ['record_red', 'record_green'] },
  test: { red: ['record_red'] },
  cover: { red: ['record_red'], green: ['record_red', 'record_green'] },
  refactor: { green: ['record_green'] },
  check: { green: ['record_green'] },
  person: {},
} as const satisfies Record<Kind, Partial<Record<Stage, readonly Move[]>>>

/** The next move of a task of this kind; `undefined` if it is done. */
export function nextMove(kind: Kind, stage: Stage): Move | undefined {
  const moves: Partial<Record<Stage, Move>> = NEXT[kind]
  return moves[stage]
}

/** Whether tasks of this kind use the move at all. */
export function needs(kind: Kind, move: Move): boolean {
  return Object.values(NEXT[kind]).some(known => known === move)
}

/** The runs that a task of this kind needs before it is done, in order. */
export function provenBy(kind: Kind): ('red' | 'green')[] {
  return Object.values(NEXT[kind]).flatMap(move => RECORDS[move] ?? [])
}

const RECORDS: Partial<Record<Move, 'red' | 'green'>> = {
  record_red: 'red',
  record_green: 'green',
}

/** Whether the move is allowed at this stage. */
export function allows(kind: Kind, stage: Stage, move: Move): boolean {
  const again: Partial<Record<Stage, readonly Move[]>> = AGAIN[kind]
  return nextMove(kind, stage) === move || (again[stage]?.includes(move) ?? false)
}
