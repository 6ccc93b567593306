import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Project } from '../../demo/project.ts'
import { specKit } from '../../demo/scenarios/spec-kit.ts'
import { medianOf, spread } from '../measure.ts'
import { inTurns, type Outcome } from '../peers/turns.ts'
import { ratioOf, tableOf, type Report } from '../report.ts'
import { implementByHand } from './feature-by-hand.ts'
import { implementByCalls, type Step } from './feature.ts'
import { LOOP_RUNNERS } from './runner-project.ts'
import { measureTaskLoop } from './task-loop.ts'

/** Compares work through the server with the same commands by hand. */
export async function measureLoop(quick: boolean): Promise<Report> {
  const figures: Record<string, Record<string, Outcome>> = {}
  const rounds = quick ? 3 : 11
  for (const runner of LOOP_RUNNERS)
    for (const pause of [true, false]) {
      const name = `RED and GREEN, \`${runner.byHand('FILE').join(' ')}\`${pause ? '' : ', without a pause'}`
      figures[name] = await measureTaskLoop(runner, { rounds, pause })
    }
  for (const pause of [true, false]) {
    const { outcomes, runs } = await measureFeature(quick ? 1 : 3, pause)
    const name = `the feature of the demo, ${runs} test runs${pause ? '' : ', without a pause'}`
    figures[name] = outcomes
  }
  const rows = Object.entries(figures).map(([name, { byHand, plain, checked }]) => [
    name,
    cellOf(byHand),
    cellOf(plain),
    comparison(plain, byHand),
    cellOf(checked),
    comparison(checked, byHand),
  ])
  const heads = ['', 'by hand', 'ours', 'ours takes', 'with the mutation check', 'it takes']
  return { lines: [], tables: { loop: tableOf(heads, rows) }, figures }
}

/** The calls come first in each round, because the commands by hand are those of their ledger. */
async function measureFeature(
  rounds: number,
  pause: boolean,
): Promise<{ outcomes: Record<string, Outcome>; runs: number }> {
  let steps: Step[] = []
  const withProject = async (work: (project: Project) => Promise<number>) => {
    const project = await Project.create(specKit)
    try {
      return await work(project)
    } finally {
      rmSync(project.root, { recursive: true, force: true, maxRetries: 5 })
    }
  }
  const entries = {
    plain: () =>
      withProject(async project => {
        const file = path.join(project.root, 'redgreen.config.json')
        const settings: object = JSON.parse(readFileSync(file, 'utf8'))
        writeFileSync(file, JSON.stringify({ ...settings, bite: false }))
        const done = await implementByCalls(project, { pause })
        steps = done.steps
        return done.ms
      }),
    byHand: () => withProject(project => implementByHand(project, steps)),
    checked: () => withProject(async project => (await implementByCalls(project, { pause })).ms),
  }
  const outcomes = await inTurns(entries, { rounds, seconds: 600 })
  return { outcomes, runs: steps.flatMap(({ runs }) => runs).length }
}

function cellOf(outcome: Outcome | undefined): string {
  if (outcome && 'missing' in outcome) return outcome.missing
  return spread(outcome?.figures ?? [])
}

function comparison(ours: Outcome | undefined, other: Outcome | undefined): string {
  if (!ours || !other || 'missing' in ours || 'missing' in other) return ''
  return ratioOf(medianOf(ours.figures), medianOf(other.figures))
}
