import type { EventOf } from '../../evidence/event.ts'
import { mutationShare } from '../../evidence/mutation-share.ts'
import { isSurvivor, noticedAmong } from '../../evidence/noticed-mutants.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import type { Context } from '../context/context.ts'
import { describeRemarks } from './code-remarks.ts'

type Mutation = EventOf<'mutation'>

/**
 * What the answer to a GREEN says about its mutation check; nothing if the tests noticed each change and the code has nothing remarkable.
 */
export function mutationNotes({ histories }: Context, green: EventOf<'green'>): string[] {
  const { mutation } = histories.get(green.task) ?? {}
  if (!mutation || mutation.green !== green.hash) return []
  return [...verdictNotes(mutation), ...describeRemarks(green.task, mutation)]
}

function verdictNotes(mutation: Mutation): string[] {
  if (mutation.verdict === 'weak')
    return [`! ${describeWeakTests(mutation)} mark_complete refuses tests that notice nothing.`]
  if (mutation.verdict === 'not-checked')
    return [`! Mutation check: not checked, because ${mutation.reason}.`]
  const { unreached = [] } = mutation
  return [
    ...(unreached.length > 0 ? [`! ${describeUnreached(unreached)}`] : []),
    ...(mutation.mutants.some(isSurvivor)
      ? [`Mutation check: ${describeMutation(mutation)}.`]
      : []),
  ]
}

function describeUnreached(tests: readonly string[]): string {
  return `No assertion of ${formatList(tests, 3)} is reached: it is in a branch, a loop or a callback that does not run. Assert the result where it always runs.`
}

/** What the tests of a task do not notice, and what to do about it. */
export function describeWeakTests({
  mutants,
  empty = [],
  unreached = [],
  unrun = [],
  tests,
}: Pick<Mutation, 'mutants' | 'empty' | 'unreached' | 'unrun' | 'tests'>): string {
  if (unrun.length > 0)
    return `They only read files and run no code, so not that of ${formatList(unrun, 3)} either. Call it and assert its result.`
  if (unreached.length > 0) return describeUnreached(unreached)
  const survivors = mutants.filter(isSurvivor)
  const shown = survivors.find(({ onlyAbsence }) => !onlyAbsence) ?? survivors[0]
  const green = tests === 1 ? 'the test' : `all ${tests} tests`
  if (!shown)
    return `\`${empty[0]}\` does nothing, and ${green} of it pass. Assert its result, and write its code.`
  const isBody = shown.function !== undefined && shown.change.includes(' body ')
  return isBody
    ? `${shown.change} leaves ${green} green. Assert its result.`
    : `${shown.file}:${shown.line}: ${shown.change} leaves ${green} green. Assert what this line does.`
}

/** The mutation check in a phrase, such as `noticed 1 of 1 change`. */
export function describeMutation({
  verdict,
  reason,
  mutants,
  untried,
}: Pick<Mutation, 'verdict' | 'reason' | 'mutants' | 'untried'>): string {
  const survived = mutants.filter(isSurvivor).map(({ file, line }) => `${file}:${line}`)
  const noticed = noticedAmong(mutants).length
  const tried = noticed + survived.length
  const share = `${noticed} of ${countOf(tried, 'change')} of the code noticed`
  const parts = [
    ...(verdict === 'not-checked' ? [`not checked, because ${reason}`] : [share]),
    ...(survived.length > 0 && verdict !== 'not-checked'
      ? [`not noticed: ${formatList(survived, 3)}`]
      : []),
    // After the first change that is noticed, the others need not be tried.
    ...(untried > 0 && verdict !== 'noticed' ? [`${untried} not tried`] : []),
  ]
  return parts.join('; ')
}

/** What the mutation checks of a feature showed, for its report: a line, or none if there were no changes to try. */
export function mutationLines({ histories }: Pick<Context, 'histories'>): string[] {
  const { noticed, tried, weak, notChecked } = mutationShare(histories)
  return [
    ...(tried > 0
      ? [`The tests noticed ${noticed} of ${countOf(tried, 'change')} of the code`]
      : []),
    ...(weak.length > 0
      ? [`! The tests of ${formatList(weak, MAX_LISTED)} notice no change of the code`]
      : []),
    ...(notChecked.length > 0
      ? [`! Not checked by mutations: the tests of ${formatList(notChecked, MAX_LISTED)}`]
      : []),
  ]
}

const MAX_LISTED = 8
