import type { EventOf } from '../../evidence/event.ts'
import type { Context } from '../context/context.ts'
import type { MutationResult } from './mutation-result.ts'

/**
 * Tests that were weak stay weak if later code cannot be checked: what changed is the code, not the tests.
 *
 * @param green the GREEN of the result
 */
export function keepWeak(
  { ledger }: Pick<Context, 'ledger'>,
  green: EventOf<'green'>,
  result: MutationResult,
): MutationResult {
  if (result.verdict !== 'not-checked') return result
  const weak = latestOfTests(ledger.events, green)
  if (weak?.verdict !== 'weak') return result
  const { verdict, mutants, untried, empty, unreached, unrun, tests } = weak
  const { testAware, unwritten } = result
  return {
    verdict,
    mutants,
    untried,
    tests,
    ...(empty && { empty }),
    ...(unreached && { unreached }),
    ...(unrun && { unrun }),
    ...(testAware && { testAware }),
    ...(unwritten && { unwritten }),
  }
}

/** The latest check of the task with these tests that could judge them. */
function latestOfTests(
  events: Context['ledger']['events'],
  green: EventOf<'green'>,
): EventOf<'mutation'> | undefined {
  const same = new Set(
    events.flatMap(event =>
      event.kind === 'green' && event.task === green.task && hasSameTests(event, green)
        ? [event.hash]
        : [],
    ),
  )
  return events
    .filter(event => event.kind === 'mutation')
    .findLast(({ verdict, green: hash }) => verdict !== 'not-checked' && same.has(hash))
}

function hasSameTests(one: EventOf<'green'>, other: EventOf<'green'>): boolean {
  const files = Object.entries(one.files)
  return (
    files.length === Object.keys(other.files).length &&
    files.every(([file, hash]) => other.files[file] === hash)
  )
}
