import type { KindClues } from '../../plan/kind-clues.ts'
import { askedRuns } from '../../plan/asked-runs.ts'
import { kindOf } from '../../plan/kinds.ts'
import { writesTestsOnly } from '../../plan/test-titles.ts'
import type { Kind } from '../../plan/plan.ts'

/** SpecFlow's own tags about the proof of a task. */
export interface TaskTags {
  /** `[T]` */
  test: boolean
  /** `[DOC]` */
  doc: boolean
  /** The Test field if it says that there is no test, such as `none (types only)`. */
  untested: string | undefined
}

/** The tags in the line of a task and in its Test field. */
export function tagsOf(title: string, tests: readonly string[]): TaskTags {
  const prose = title.replaceAll(/`[^`]*`/g, '')
  return {
    test: /\[T\]/.test(prose),
    doc: /\[DOCS?\]/i.test(prose),
    untested: tests.find(value => UNTESTED.test(value)),
  }
}

/** The kind of a task: by its tags, else by the words of its title and phase. */
export function specflowKind(tags: TaskTags, clues: KindClues): { kind: Kind; kindReason: string } {
  const { test, doc, untested } = tags
  if (doc) return { kind: 'check', kindReason: 'it has the tag [DOC]' }
  const byWords = kindOf(clues)
  // The tag on a task that only writes tests does not ask for code as well, and such a task has no tests of its own.
  const onlyTests = writesTestsOnly(clues.title, clues.files)
  if (onlyTests && (byWords.kind === 'test' || byWords.kind === 'cover')) return byWords
  if (untested !== undefined)
    return { kind: 'check', kindReason: `its Test field says "${untested.slice(0, 60)}"` }
  // A run has no test of its own either: `Verify all existing tests pass [T]`.
  if (byWords.kind === 'check' && askedRuns(clues.title).includes('tests')) return byWords
  return test ? { kind: 'build', kindReason: 'it has the tag [T]: test first' } : byWords
}

const UNTESTED =
  /^(none|n\/?a|no tests?|not (needed|required|necessary|applicable)|-|–|—)(?![\w.])/i
