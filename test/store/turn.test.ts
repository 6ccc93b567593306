import { spawn } from 'node:child_process'
import { stat } from 'node:fs'
import process from 'node:process'
import { setImmediate as immediate, setTimeout as timer } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { currentTurn } from '../../src/store/turn.ts'

/** The turn in which the system answers a question that is asked now. */
function turnOfAnswer(): Promise<object> {
  return new Promise(resolve => stat('.', () => resolve(currentTurn())))
}

it('a turn lasts while nothing is waited for', async () => {
  const turn = currentTurn()
  await Promise.resolve()
  await new Promise<void>(resolve => process.nextTick(resolve))
  expect(currentTurn()).toBe(turn)
})

it.each([
  ['an immediate', immediate],
  ['a timer', () => timer(1)],
])('%s ends a turn', async (_name, wait) => {
  const turn = currentTurn()
  await wait()
  expect(currentTurn()).not.toBe(turn)
})

it.each([
  ['a timer', () => timer(1)],
  ['an immediate', immediate],
  ['an answer of the system', turnOfAnswer],
])('an answer of the system ends a turn that began with %s', async (_name, begin) => {
  await begin()
  const turn = currentTurn()
  const answer = turnOfAnswer()
  expect(currentTurn()).toBe(turn)
  expect(await answer).not.toBe(turn)
})

it('an immediate ends a turn that began with the end of a process', async () => {
  const turns = await new Promise<object[]>(resolve => {
    spawn(process.execPath, ['--version'], { stdio: 'ignore' }).once('exit', () => {
      const turn = currentTurn()
      setImmediate(() => resolve([turn, currentTurn()]))
    })
  })
  expect(turns[1]).not.toBe(turns[0])
})
