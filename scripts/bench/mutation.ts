import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { lastEvent, type EventBody, type EventOf } from '../../src/evidence/event.ts'
import { isOnPath } from '../../src/runner/program.ts'
import { medianOf, timed } from './measure.ts'
import { PROJECTS, type MutationProject } from './mutation-projects.ts'
import { featureWith, makeRepository } from './repository.ts'
import { openMeasuredServer } from './server.ts'

/**
 * Measures what the mutation check adds to `record_green`, in a task with one changed file of 100 lines: the time with the check minus the
 * time without it, in turns, as a ratio to one run of the tests of the task. Once with tests that assert the results, once with tests that
 * assert nothing, which is the longest check.
 */
export async function measureMutation(rounds: number): Promise<string[]> {
  const lines: string[] = []
  for (const project of PROJECTS) {
    const { runner, program } = project
    lines.push(
      isOnPath(program)
        ? `${runner}: ${await measureProject(project, rounds)}`
        : `${runner}: not measured, ${program} is missing`,
    )
  }
  return lines
}

async function measureProject(project: MutationProject, rounds: number): Promise<string> {
  const good = await costOf(project, project.tests.good, rounds)
  const weak = await costOf(project, project.tests.weak, 1)
  return [
    `one run ${Math.round(good.run)} ms`,
    `check ${Math.round(good.check)} ms (${(good.check / good.run).toFixed(1)} times a run)`,
    `of tests that assert nothing ${(weak.check / 1000).toFixed(1)} s (${weak.tried} changes tried)`,
  ].join('; ')
}

interface Cost {
  /** Milliseconds of one run of the tests, and of the check. */
  run: number
  check: number
  /** Changes of the code in the last check. */
  tried: number
}

async function costOf(project: MutationProject, test: string, rounds: number): Promise<Cost> {
  const without = await openTask(project, test, { bite: false })
  const withCheck = await openTask(project, test, {})
  const [plain, checked, runs]: [number[], number[], number[]] = [[], [], []]
  try {
    // The first round fills the caches of the runner.
    for (let round = 0; round <= rounds; round++) {
      const plainMs = await without.green(round)
      const checkedMs = await withCheck.green(round)
      if (round === 0) continue
      plain.push(plainMs)
      checked.push(checkedMs)
      runs.push(eventOf(withCheck, 'green').run?.durationMs ?? 0)
    }
    const { mutants } = eventOf(withCheck, 'mutation')
    const check = medianOf(checked) - medianOf(plain)
    return { run: medianOf(runs), check, tried: mutants.length }
  } finally {
    await without.close()
    await withCheck.close()
  }
}

interface OpenTask {
  root: string
  /** Milliseconds of a GREEN of code that is new in each round. */
  green: (round: number) => Promise<number>
  close: () => Promise<void>
}

async function openTask(
  { files, source, stub, code, test }: MutationProject,
  testText: string,
  settings: object,
): Promise<OpenTask> {
  const repository = makeRepository({
    ...featureWith(`## Core\n- [ ] T001 Add prices in ${source}\n`, settings),
    '.gitignore': 'node_modules\ntarget\n',
    ...files,
    [source]: stub,
  })
  symlinkSync(path.resolve('node_modules'), path.join(repository.root, 'node_modules'))
  const server = await openMeasuredServer(repository.root)
  await server.call('next_task')
  repository.write(test, testText)
  await server.call('record_red', { task: 'T001', tests: [test] })
  return {
    root: repository.root,
    green(round) {
      repository.write(source, code(round))
      return timed(() => server.call('record_green', { task: 'T001' }))
    },
    async close() {
      await server.close()
      repository.remove()
    },
  }
}

/** The last event of a kind in the ledger of a project. */
function eventOf<K extends EventBody['kind']>({ root }: OpenTask, kind: K): EventOf<K> {
  const folder = path.join(root, '.redgreen/ledger/001-load')
  const lines = readdirSync(folder).flatMap(name =>
    readFileSync(path.join(folder, name), 'utf8').trim().split('\n'),
  )
  const event = lastEvent(
    lines.map(line => JSON.parse(line)),
    kind,
  )
  if (!event) throw new Error(`The ledger has no ${kind}.`)
  return event
}
