import { timed } from '../measure.ts'
import { inTurns, type Outcome } from '../peers/turns.ts'
import type { Repository } from '../repository.ts'
import { openMeasuredServer } from '../server.ts'
import { runByHand } from './by-hand.ts'
import { untilIdle } from './idle.ts'
import { makeRunnerProject, partOf, type LoopRunner, type Part } from './runner-project.ts'

/**
 * RED and GREEN of one test file: two commands by hand, and two calls of the server, without and with the mutation check. With
 * `pause`, each waits before until the servers have nothing more to do, as if somebody wrote the files.
 */
export async function measureTaskLoop(
  runner: LoopRunner,
  { rounds, pause }: { rounds: number; pause: boolean },
): Promise<Record<string, Outcome>> {
  const hand = makeRunnerProject(runner, 1, {})
  const plain = await openLoop(runner, rounds + 1, { bite: false })
  const checked = await openLoop(runner, rounds + 1, {})
  const wait = async () => {
    if (pause) for (const { pid } of [plain, checked]) await untilIdle(pid)
  }
  let task = 0
  const byHand = () => redAndGreenByHand(hand, runner, partOf((task += 1)), wait)
  try {
    const entries = {
      byHand,
      plain: () => plain.redAndGreen(wait),
      checked: () => checked.redAndGreen(wait),
    }
    // The first round warms up the disk and the programs.
    await inTurns(entries, { rounds: 1, seconds: 60 })
    return await inTurns(entries, { rounds, seconds: 120 })
  } finally {
    await plain.close()
    await checked.close()
    hand.remove()
  }
}

async function redAndGreenByHand(
  { root, write }: Repository,
  runner: LoopRunner,
  part: Part,
  wait: () => Promise<void>,
): Promise<number> {
  const command = runner.byHand(part.test)
  writeRed(write, runner, part)
  await wait()
  const red = await timed(() => runByHand(root, command, 1))
  writeGreen(write, part)
  await wait()
  return red + (await timed(() => runByHand(root, command, 0)))
}

/** A server with a project; each call of `redAndGreen` works on the next task, of which the other calls are not measured. */
async function openLoop(runner: LoopRunner, tasks: number, settings: object) {
  const { root, write, remove } = makeRunnerProject(runner, tasks, settings)
  const server = await openMeasuredServer(root)
  let number = 0
  return {
    pid: server.pid,
    redAndGreen: async (wait: () => Promise<void>): Promise<number> => {
      const part = partOf((number += 1))
      const task = `T${String(number).padStart(3, '0')}`
      await server.call('next_task')
      writeRed(write, runner, part)
      await wait()
      const red = await timed(() => server.call('record_red', { task, tests: [part.test] }))
      writeGreen(write, part)
      await wait()
      const green = await timed(() => server.call('record_green', { task }))
      await server.call('mark_complete', { task, refactor: 'Nothing to clean up.' })
      return red + green
    },
    close: async (): Promise<void> => {
      await server.close()
      remove()
    },
  }
}

function writeRed(write: Repository['write'], runner: LoopRunner, part: Part): void {
  write(part.code, `export function ${part.name}() {}\n`)
  write(part.test, runner.test(part))
}

function writeGreen(write: Repository['write'], { code, name, value }: Part): void {
  write(code, `export function ${name}() {\n  return ${value}\n}\n`)
}
