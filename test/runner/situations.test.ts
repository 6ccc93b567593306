import { describe, expect, test } from 'vitest'
import { stages } from './situations/index.ts'
import { isGreenAfter, isPlayed, play, playNamed } from './situations/run.ts'
import { SITUATIONS, type Situation, type Stage } from './situations/situation.ts'

const ESSENTIAL: Situation[] = ['fails', 'passes', 'broken']
const OTHERS: Situation[] = ['skipped', 'crashes', 'hangs']

describe.each(stages.map(stage => [stage.framework.name, stage] as const))('%s', (_name, stage) => {
  const isThere = isPlayed(stage)

  test.skipIf(!isThere)('a test that fails is red, and green when it passes', async () => {
    const [red, green] = [await play(stage, 'fails'), await play(stage, 'passes')]
    expect([red?.verdict, green?.verdict, red?.fact, green?.outcome.end]).toEqual([
      'red',
      'red_passes',
      '',
      'complete',
    ])
    expect(red?.outcome.tests.map(seen => seen.id)).toEqual([stage.id])
    expect(red && green && isGreenAfter(red, green)).toBe(true)
  })

  test('a file that is empty has no tests, whatever the runner makes of it', async () => {
    expect(await play(stage, 'empty')).toMatchObject({ verdict: 'no_tests_ran' })
  })

  test.skipIf(!isThere || stage.named === undefined)(
    'a test that is named runs alone, although another name begins as its own',
    async () => {
      const seen = await playNamed(stage)
      const ran = seen?.tests.filter(({ outcome }) => outcome !== 'skipped')
      expect(ran).toEqual([{ id: stage.id, file: stage.test, outcome: 'passed' }])
      expect(seen).toMatchObject({ end: 'complete', exitCode: 0, unhandled: [] })
    },
  )

  for (const schedule of situationsOf(stage)) {
    test.skipIf(!isThere)(`a test that ${WORDS[schedule]} is ${SITUATIONS[schedule]}`, async () => {
      const seen = await play(stage, schedule)
      expect([seen?.verdict, seen?.fact]).toEqual([SITUATIONS[schedule], expect.any(String)])
    })
  }
})

/** What compiles takes seconds each time; `npm run runners` plays all of it. */
function situationsOf({ slow, tests }: Stage): Situation[] {
  const chosen = slow ? ESSENTIAL : [...ESSENTIAL, ...OTHERS]
  return chosen.filter(
    name => !['fails', 'passes'].includes(name) && typeof tests[name] === 'string',
  )
}

const WORDS: Record<Situation, string> = {
  fails: 'fails',
  passes: 'passes',
  broken: 'cannot be loaded',
  empty: 'is not there',
  skipped: 'is skipped',
  hangs: 'never ends',
  crashes: 'ends its process',
}
