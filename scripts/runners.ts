import process from 'node:process'
import { stages } from '../test/runner/situations/index.ts'
import { isGreenAfter, isInstalled, play, type Played } from '../test/runner/situations/run.ts'
import { SITUATIONS, type Situation, type Stage } from '../test/runner/situations/situation.ts'

// Plays every situation with every runner that is installed, and prints what was made of it.
const chosen = process.argv.slice(2)
const names: Situation[] = ['fails', 'passes', 'broken', 'empty', 'skipped', 'hangs', 'crashes']
const wrong: string[] = []

line('runner', [...names, 'green'])
for (const stage of stages.filter(isChosen)) {
  if (!isInstalled(stage)) {
    line(stage.framework.name, ['not installed'])
    continue
  }
  const seen = new Map<Situation, Played | undefined>()
  for (const schedule of names) seen.set(schedule, await play(stage, schedule))
  line(stage.framework.name, [
    ...names.map(name => cell(stage, name, seen.get(name))),
    green(stage, seen),
  ])
}
for (const text of wrong) console.log(text)
process.exitCode = wrong.length > 0 ? 1 : 0

function isChosen(stage: Stage): boolean {
  return chosen.length === 0 || chosen.includes(stage.framework.name)
}

function cell(stage: Stage, name: Situation, played: Played | undefined): string {
  if (played === undefined) return '–'
  const { verdict, fact, outcome } = played
  if (verdict === SITUATIONS[name]) return verdict
  wrong.push(`${stage.framework.name}, ${name}: ${verdict} instead of ${SITUATIONS[name]}. ${fact}`)
  wrong.push(JSON.stringify(outcome, undefined, 1).slice(0, 3000))
  return `${verdict} !`
}

function green(stage: Stage, seen: Map<Situation, Played | undefined>): string {
  const [red, passing] = [seen.get('fails'), seen.get('passes')]
  const hasId = red?.outcome.tests.some(test => test.id === stage.id)
  if (red && passing && hasId && isGreenAfter(red, passing)) return 'green'
  wrong.push('What passes is not green after what failed.')
  return 'not green !'
}

function line(name: string, cells: string[]): void {
  console.log([name.padEnd(16), ...cells.map(text => text.padEnd(15))].join(' ').trimEnd())
}
