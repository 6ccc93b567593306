import { kindOf, writesTestsOnly, type KindClues } from '../../plan/kinds.ts'
import type { Kind } from '../../plan/plan.ts'

/** What SpecFlow itself says about how a task is proven. */
export interface TaskTags {
  /** `[T]` */
  test: boolean
  /** `[DOC]` */
  doc: boolean
  /** The reason why its Test field names no test, such as `none (types only)`. */
  untested: string | undefined
}

/** The markers of a task's line and its Test field. */
export function tagsOf(title: string, tests: readonly string[]): TaskTags {
  const prose = title.replaceAll(/`[^`]*`/g, '')
  return {
    test: /\[T\]/.test(prose),
    doc: /\[DOCS?\]/i.test(prose),
    untested: tests.find(value => UNTESTED.test(value)),
  }
}

/** The dialect's own marks decide before the words of title and phase do. */
export function specflowKind(
  markers: TaskTags,
  clues: KindClues,
): { kind: Kind; kindReason: string } {
  const { test, doc, untested } = markers
  if (doc) return { kind: 'check', kindReason: 'it is marked [DOC]' }
  if (untested !== undefined)
    return { kind: 'check', kindReason: `its Test field says "${untested.slice(0, 60)}"` }
  const byWords = kindOf(clues)
  if (!test) return byWords
  // Who marks a task that only writes tests does not ask for code with it.
  const onlyTests = writesTestsOnly(clues.title, clues.files)
  if (onlyTests && (byWords.kind === 'test' || byWords.kind === 'cover')) return byWords
  return { kind: 'build', kindReason: 'it is marked [T]: test first' }
}

const UNTESTED = /^(none|n\/?a|no tests?|not (needed|applicable)|-|–|—)(?![\w.])/i
