import process from 'node:process'
import { runnerFixtures } from '../test/runner/scenarios/index.ts'
import {
  isGreenAfter,
  isInstalled,
  runScenario,
  type ScenarioResult,
} from '../test/runner/scenarios/run-scenario.ts'
import { SCENARIOS, type RunnerFixture, type Scenario } from '../test/runner/scenarios/scenario.ts'

// Runs every scenario with every installed runner and prints the verdicts. Arguments: names of runners; by default, all.
const chosen = process.argv.slice(2)
const names: Scenario[] = ['fails', 'passes', 'broken', 'empty', 'skipped', 'hangs', 'crashes']
const errors: string[] = []

line('runner', [...names, 'green'])
for (const fixture of runnerFixtures.filter(isChosen)) {
  if (!isInstalled(fixture)) {
    line(fixture.framework.name, ['not installed'])
    continue
  }
  const results = new Map<Scenario, ScenarioResult>()
  for (const scenario of names) results.set(scenario, await runScenario(fixture, scenario))
  line(fixture.framework.name, [
    ...names.map(name => cell(fixture, name, results.get(name))),
    green(fixture, results),
  ])
}
for (const text of errors) console.log(text)
process.exitCode = errors.length > 0 ? 1 : 0

function isChosen(fixture: RunnerFixture): boolean {
  return chosen.length === 0 || chosen.includes(fixture.framework.name)
}

function cell(fixture: RunnerFixture, name: Scenario, result: ScenarioResult | undefined): string {
  if (result === undefined) return '–'
  const { verdict, fact, outcome } = result
  const expected = SCENARIOS[name]
  if (verdict === expected) return verdict
  errors.push(`${fixture.framework.name}, ${name}: ${verdict} instead of ${expected}. ${fact}`)
  errors.push(JSON.stringify(outcome, undefined, 1).slice(0, 3000))
  return `${verdict} !`
}

function green(fixture: RunnerFixture, results: Map<Scenario, ScenarioResult>): string {
  const [red, passing] = [results.get('fails'), results.get('passes')]
  const hasId = red?.outcome.tests.some(test => test.id === fixture.id)
  if (red && passing && hasId && isGreenAfter(red, passing)) return 'green'
  errors.push(`${fixture.framework.name}: the passing test does not turn the failing test green.`)
  return 'not green !'
}

function line(name: string, cells: string[]): void {
  console.log([name.padEnd(16), ...cells.map(text => text.padEnd(15))].join(' ').trimEnd())
}
