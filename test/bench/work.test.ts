import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { buildFloors } from '../../scripts/bench/floors.ts'
import type { Contestant } from '../../scripts/bench/peers/contestant.ts'
import { lockedFile } from '../../scripts/bench/peers/locked-file.ts'
import { ours } from '../../scripts/bench/peers/ours.ts'
import { measureStart } from '../../scripts/bench/peers/start.ts'
import { Work } from '../../scripts/bench/peers/work.ts'

describe('the work that is compared', () => {
  it('is done by this server, which proves a task with one call more', async () => {
    expect(await callsOf(ours)).toEqual([1, 1, 2, 1, 2])
  })

  it('is done by a server that only locks a file', async () => {
    const { lockedFile: program } = await buildFloors()
    expect(await callsOf(lockedFile(program))).toEqual([1, 1, 1, 1, 1])
  })

  it('fails if the answer names another task', async () => {
    const { lockedFile: program } = await buildFloors()
    const floor = lockedFile(program)
    const work = new Work({ ...floor, files: size => floor.files({ ...size, done: 0 }) }, SIZE)
    await expect(work.next()).rejects.toThrow('does not name "Write docs/part-3.md"')
    await work.remove()
  })
})

it('a start ends with the answer of initialize', async () => {
  const { bare } = await buildFloors()
  const { ms } = await measureStart({ command: process.execPath, args: [bare] }, process.cwd())
  expect(ms).toBeGreaterThan(0)
})

const SIZE = { tasks: 4, done: 2 }

/** How many calls are measured for the first question, the next one, a finished task, the next question, and the last task. */
async function callsOf(contestant: Contestant): Promise<number[]> {
  const work = new Work(contestant, SIZE)
  const once = async (call: () => Promise<unknown>) => call().then(() => 1)
  try {
    const questions = [await once(() => work.first()), await once(() => work.next())]
    const finished = (await work.finish(once)).length
    const next = await once(() => work.next())
    return [...questions, finished, next, (await work.finish(once)).length]
  } finally {
    await work.remove()
  }
}
