import { describe, expect, it } from 'vitest'
import { cheats } from '../../src/cli/doctor/cheats.ts'
import { playWay } from '../../src/cli/doctor/play.ts'

describe.concurrent.each(cheats)('cheat $row: $cheat', ({ ways }) => {
  it.each(ways)('$how: $caughtBy', async way => {
    const { seen } = await playWay(way, new AbortController().signal)
    expect(seen).toBe(way.caughtBy)
  })
})
