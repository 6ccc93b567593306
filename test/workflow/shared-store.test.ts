import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { driverCommand } from '../../src/setup/merging/driver.ts'
import { chainFiles, readLedger } from '../../src/store/ledger.ts'
import { stateOf } from '../../src/store/state.ts'
import { loadContext } from '../../src/workflow/context/load-context.ts'
import { mapErrors } from '../../src/workflow/context/error-mapping.ts'
import { Refusal } from '../../src/workflow/context/refusal.ts'
import { reopen } from '../../src/workflow/human/reopen.ts'
import { diagnose } from '../../src/workflow/diagnosis/index.ts'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { overview } from '../../src/workflow/overview.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { runValidation } from '../../src/workflow/run-validation.ts'
import { callAt } from '../kit/call.ts'
import { makeForge, type Clone, type Forge } from '../kit/clones.ts'
import { POSTGRES, TestPostgres } from '../kit/postgres.ts'
import { humanAt } from '../kit/human.ts'
import { PROGRAM, runCommand } from '../kit/program.ts'
import { TASKS } from '../kit/project.ts'

const PLAN = `## Phase 1: Core
- [ ] T001 [P] Create one.txt
- [ ] T002 [P] Create two.txt
- [ ] T003 Create three.txt
`

async function start({ root }: Clone, task?: string): Promise<string | undefined> {
  const { task: started } = await nextTask(callAt(root, path.basename(root)), { task })
  return started?.id
}

async function finish(clone: Clone, task: string, file: string): Promise<void> {
  const call = () => callAt(clone.root, path.basename(clone.root))
  clone.write(file, `${task}\n`)
  await recordGreen(call(), { task })
  await markComplete(call(), { task })
}

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await mapErrors(callAt('.'), () => work)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('It was not refused.')
}

let server: TestPostgres | undefined
beforeAll(async () => {
  if (POSTGRES !== undefined) server = await TestPostgres.start()
}, 120_000)
afterAll(() => server?.end())

/** A store, and how to take it away and give it back. */
const STORES = [
  {
    name: 'git',
    settings: async () => ({ store: 'git' }),
    takeAway: async ({ remote }: Forge) => renameSync(remote, `${remote}.away`),
    giveBack: async ({ remote }: Forge) => renameSync(`${remote}.away`, remote),
  },
  {
    name: 'PostgreSQL',
    settings: async () => ({ store: 'postgres', url: await server?.database() }),
    takeAway: async () => server?.stop('immediate'),
    giveBack: async () => server?.startAgain(),
  },
].filter(({ name }) => name === 'git' || POSTGRES !== undefined)

describe.each(STORES)(
  'clones that share a store ($name)',
  ({ name, settings, takeAway, giveBack }) => {
    it('get different tasks, and nobody gets a task that another clone holds', async () => {
      const forge = makeForge(PLAN, await settings())
      const [one, two] = [forge.clone('one'), forge.clone('two')]
      expect(await start(one)).toBe('T001')
      expect(await start(two)).toBe('T002')
      const refusal = await refusalOf(start(two, 'T001'))
      expect([refusal.code, refusal.message]).toEqual([
        'claimed',
        expect.stringContaining(`one in the clone ${hostname()}:one has worked on T001`),
      ])
      const { tasks } = await overview(callAt(two.root))
      expect(tasks.map(({ holder }) => holder?.name ?? null)).toEqual(['one', 'two', null])
      expect(tasks.map(({ holder }) => holder?.clone)).toEqual([
        `${hostname()}:one`,
        undefined,
        undefined,
      ])
      expect((await refusalOf(start(two, 'T003'))).message).toContain(
        `T001 (it comes earlier in the phase: one in the clone ${hostname()}:one)`,
      )
    })

    it('wait for the code of a task that another clone finished, and go on when its branch is merged', async () => {
      const forge = makeForge(PLAN, await settings(), {
        '.gitattributes': 'specs/** merge=redgreen\n.redgreen/ledger/** merge=redgreen\n',
      })
      const [one, two] = [forge.clone('one'), forge.clone('two')]
      two.git(
        'config',
        'merge.redgreen.driver',
        driverCommand({ node: process.execPath, program: PROGRAM }),
      )
      await start(one)
      await start(two)
      await finish(one, 'T001', 'one.txt')
      await finish(two, 'T002', 'two.txt')
      expect(one.read(TASKS)).toContain('- [X] T001')
      expect(two.read(TASKS)).toContain('- [ ] T001')

      const waiting = await refusalOf(start(two))
      expect(waiting.code).toBe('claimed')
      expect(waiting.message).toContain(
        `T001 was finished on branch main in the clone ${hostname()}:one at `,
      )
      expect(waiting.message).toMatch(
        /T001 was finished on branch main .*commit your work, then run `git fetch origin main`/s,
      )
      expect(runCommand(two, ['status']).stdout).toMatch(
        /todo +T001 .*\(finished in the clone \S+:one, its code is not here\)/,
      )
      expect((await refusalOf(start(two, 'T001'))).code).toBe('claimed')
      const green = recordGreen(callAt(two.root, 'two'), { task: 'T001' })
      expect((await refusalOf(green)).code).toBe('claimed')
      const early = await refusalOf(runValidation(callAt(two.root, 'two')))
      expect(early.code).toBe('not_ready')
      expect(early.message).toContain(`(first T001: finished in the clone ${hostname()}:one)`)
      expect((await overview(callAt(two.root))).tasks[0]?.stage).toBe('todo')

      one.push()
      two.git('add', '--all')
      two.git('commit', '-qm', 'two')
      two.git('pull', '-q', '--no-rebase', '--no-edit', 'origin', 'one')
      expect(two.read(TASKS)).toMatch(/\[X\] T001.*\n.*\[X\] T002/)
      expect((await overview(callAt(two.root))).tasks.map(({ stage }) => stage)).toEqual([
        'done',
        'done',
        'todo',
      ])
      expect(await start(two)).toBe('T003')
      await finish(two, 'T003', 'three.txt')
      const verified = runCommand(two, ['verify'])
      expect(verified.stdout).toContain('3 tasks proven')
    })

    it('are not done with a task of another clone because its box is ticked by hand, until its code is merged', async () => {
      const plan = `${PLAN}- [ ] T004 Create four.txt (depends on T001)\n`
      const forge = makeForge(plan, await settings(), {
        '.gitattributes': 'specs/** merge=redgreen\n.redgreen/ledger/** merge=redgreen\n',
      })
      const [one, two] = [forge.clone('one'), forge.clone('two')]
      const driver = driverCommand({ node: process.execPath, program: PROGRAM })
      two.git('config', 'merge.redgreen.driver', driver)
      await start(one)
      await finish(one, 'T001', 'one.txt')
      await refusalOf(start(two, 'T001'))
      two.write(TASKS, two.read(TASKS).replace('[ ] T001', '[x] T001'))
      two.git('add', '--all')
      two.git('commit', '-qm', 'a mark by hand')
      const state = async () => (await overview(callAt(two.root))).tasks[0]
      expect(await state()).toMatchObject({ stage: 'todo', claimed: true, holder: null })
      const { code, message } = await refusalOf(start(two, 'T004'))
      expect(code).toBe('not_ready')
      expect(message).toContain('T001 (ticked by hand, not proven)')
      expect(message).toContain(
        `T001 was finished in the clone ${hostname()}:one, on its branch main, and its code is not here: merge that.`,
      )

      one.push()
      two.git('pull', '-q', '--no-rebase', '--no-edit', 'origin', 'one')
      expect(await state()).toMatchObject({ stage: 'done', claimed: false })
      // To remove the file later is how projects change.
      two.git('rm', '-q', 'one.txt')
      two.git('commit', '-qm', 'without one.txt')
      expect(await state()).toMatchObject({ stage: 'done', claimed: false })
    })

    it('leave the evidence of all in each repository, which proves it without the store', async () => {
      const forge = makeForge(PLAN, await settings())
      const [one, two] = [forge.clone('one'), forge.clone('two')]
      await start(one)
      await start(two)
      await finish(two, 'T002', 'two.txt')
      await finish(one, 'T001', 'one.txt')
      await takeAway(forge)
      const count = ({ root }: Clone) => readLedger(stateOf({ root }), '001-stack').events.length
      // One has both; two has what it knew when it last decided.
      expect(count(one)).toBeGreaterThan(count(two))
      for (const clone of [one, two]) expect(runCommand(clone, ['verify']).status).toBe(0)
      await giveBack(forge)
    })

    it('hand a task on to a new session of the clone, whose lease others see', async () => {
      const forge = makeForge(PLAN, await settings())
      const [one, two] = [forge.clone('one'), forge.clone('two')]
      const { holder } = callAt(one.root, 'gone')
      await nextTask({ ...callAt(one.root), holder: { ...holder, pid: 999_999_999 } }, {})
      one.write('one.txt', 'T001\n')
      const holders = async () =>
        (await overview(callAt(two.root))).tasks.map(task => task.holder?.name ?? null)
      expect(await holders()).toEqual(['gone', null, null])
      await recordGreen(callAt(one.root, 'new'), { task: 'T001' })
      expect(await holders()).toEqual(['new', null, null])
      const { messages } = await markComplete(callAt(one.root, 'new'), { task: 'T001' })
      expect(messages.join('\n')).toContain('Commit, and push this branch')
      expect(await holders()).toEqual(['finished elsewhere', null, null])
      const { leaseTable } = await loadContext(callAt(one.root))
      expect(Object.values(leaseTable.leases).filter(({ released }) => !released)).toEqual([])
    })

    it('get the lines again that were cut off the ledger', async () => {
      const forge = makeForge(PLAN, await settings())
      const one = forge.clone('one')
      await start(one)
      await finish(one, 'T001', 'one.txt')
      const [file = ''] = chainFiles(stateOf(one), '001-stack')
      const whole = readFileSync(file, 'utf8')
      writeFileSync(file, `${whole.trimEnd().split('\n').slice(0, -2).join('\n')}\n`)
      runCommand(one, ['status'])
      expect(readFileSync(file, 'utf8')).toBe(whole)
      expect(runCommand(one, ['verify']).status).toBe(0)
    })

    it('record nothing while the store cannot be reached, and can be read', async () => {
      const forge = makeForge(PLAN, await settings())
      const one = forge.clone('one')
      await start(one)
      one.write('one.txt', 'T001\n')
      await takeAway(forge)
      const before = one.git('status', '--short', '--ignored')
      const started = new Date().toISOString()
      const refusal = await refusalOf(recordGreen(callAt(one.root, 'one'), { task: 'T001' }))
      expect([refusal.code, refusal.message]).toEqual([
        'store_unreachable',
        expect.stringContaining('Nothing was recorded'),
      ])
      const { problems, tasks, store } = await overview(callAt(one.root))
      expect(tasks[0]?.stage).toBe('todo')
      expect(problems.map(({ text }) => text).join()).toContain('The shared store cannot be used')
      const since = store?.reached === false ? store.since : ''
      expect(since >= started).toBe(true)
      const status = runCommand(one, ['status']).stdout
      expect(status).toContain(`! shared store: not reached, offline since ${since}`)
      const down = (await diagnose(callAt(one.root))).find(result => result.name === 'shared store')
      expect(down).toMatchObject({ ok: false, found: expect.stringMatching(/^cannot be used: /) })
      expect(one.git('status', '--short', '--ignored')).toBe(before)

      await giveBack(forge)
      await finish(one, 'T001', 'one.txt')
      expect(one.read(TASKS)).toContain('- [X] T001')
      expect(runCommand(one, ['status']).stdout).toMatch(
        /^shared store: reached \(.*, project team\/stack\)$/m,
      )
      const found = (await diagnose(callAt(one.root))).filter(result =>
        ['shared store', 'witness'].includes(result.name),
      )
      const expected = [
        /^true reached .*team\/stack: /,
        /^true the database confirms \d+ events of the project team\/stack: /,
      ].slice(0, name === 'git' ? 1 : 2)
      expect(found.map(result => `${result.ok} ${result.found}`)).toEqual(
        expected.map(pattern => expect.stringMatching(pattern)),
      )
    })

    it('get no marks on a branch without the code, also in the clone that did the work', async () => {
      const forge = makeForge(PLAN, await settings())
      const one = forge.clone('one')
      one.git('checkout', '-q', '-b', 'work')
      await start(one)
      await finish(one, 'T001', 'one.txt')
      one.git('add', '--all')
      one.git('commit', '-qm', 'one')
      one.git('checkout', '-q', '-b', 'other', 'main')
      expect(await start(one)).toBe('T002')
      expect(one.read(TASKS)).toBe(PLAN)
      expect((await refusalOf(start(one, 'T001'))).message).toMatch(
        /^T001 was finished on branch work at/,
      )
      one.git('stash', '-q', '--include-untracked')
      one.git('checkout', '-q', 'work')
      expect((await overview(callAt(one.root))).tasks[0]?.stage).toBe('done')
    })

    it('can do a task again that another clone finished, if a human opens it', async () => {
      const forge = makeForge(PLAN, await settings())
      const [one, two] = [forge.clone('one'), forge.clone('two')]
      await start(one)
      await finish(one, 'T001', 'one.txt')
      await refusalOf(start(two, 'T001'))
      await reopen(humanAt(two.root).call, { tasks: ['T001'] })
      expect(await start(two, 'T001')).toBe('T001')
    })
  },
)
