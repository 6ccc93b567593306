import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { PROGRAM } from '../../../test/kit/program.ts'
import { LEDGER, ledgerOf } from '../ledger.ts'
import { featureWith } from '../repository.ts'
import { numbersTo, titleOf, type Contestant, type PlanSize } from './contestant.ts'

const TASKS = 'specs/001-load/tasks.md'

/** This server, with a plan of spec-kit. Its tasks are documents, because the others run no tests. */
export const ours: Contestant = {
  name: 'redgreen-mcp',
  files: size => planFiles(size, 2 * size.done),
  start: root => ({ command: process.execPath, args: [PROGRAM, '--root', root] }),
  next: () => ({ tool: 'next_task', args: {} }),
  async finish(session, root, task) {
    await session.call({ tool: 'next_task', args: {} })
    mkdirSync(path.join(root, 'docs'), { recursive: true })
    writeFileSync(path.join(root, `docs/part-${task}.md`), `# Part ${task}\n`)
    const args = { task: idOf(task) }
    return [
      { tool: 'record_green', args },
      { tool: 'mark_complete', args },
    ]
  },
  isDone: (root, task) =>
    readFileSync(path.join(root, TASKS), 'utf8').includes(`[X] ${idOf(task)} `),
}

/** The files of a plan, with a ledger of this number of events. */
export function planFiles({ tasks, done }: PlanSize, events: number): Record<string, string> {
  const lines = numbersTo(tasks).map(
    task => `- [${task <= done ? 'X' : ' '}] ${idOf(task)} ${titleOf(task)}`,
  )
  const recorded = numbersTo(done).map(task => ({
    id: idOf(task),
    title: titleOf(task),
    provenAs: 'check' as const,
  }))
  return {
    ...featureWith(`## Phase 1: Core\n\n${lines.join('\n')}\n`),
    [LEDGER]: ledgerOf(recorded, events),
  }
}

function idOf(task: number): string {
  return `T${String(task).padStart(5, '0')}`
}
