import { describe, expect, it } from 'vitest'
import { freshSeed } from '../../../chaos/figures.ts'
import { tryShared } from '../../../chaos/shared-store.ts'
import { POSTGRES } from '../../../kit/postgres.ts'

const seed = freshSeed()

describe.skipIf(POSTGRES === undefined)('servers that share a project in PostgreSQL', () => {
  it('lose, repeat and overwrite nothing when they, the database and connections fail', async () => {
    const crowd = { servers: 4, tasks: 60, kills: 4, restarts: 2, stalls: 0.05 }
    const { counts, violations } = await tryShared(seed, crowd)
    console.log({ seed, ...counts })
    expect(violations).toEqual([])
    expect(counts).toMatchObject({ kills: 4, restarts: 2 })
  })

  it('would complete tasks of others if leases were not checked', async () => {
    const crowd = {
      servers: 4,
      tasks: 30,
      kills: 0,
      restarts: 0,
      stalls: 0.3,
      noFence: true,
    } as const
    const { violations } = await tryShared(seed, crowd)
    expect(violations.join('\n')).toContain('unfenced')
  })
})
