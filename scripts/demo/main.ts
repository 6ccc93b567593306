import { existsSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { PROGRAM } from '../../test/kit/program.ts'
import { Assistant } from './assistant.ts'
import { DemoClient } from './client.ts'
import { coloured, event, forceColours, heading, more, print } from './output.ts'
import { Project } from './project.ts'
import type { Scenario } from './scenario.ts'
import { names, scenarioNamed } from './scenarios.ts'
import { NoTty, Terminal } from './terminal.ts'
import { UnexpectedAnswer } from './unexpected-answer.ts'

/** Implements an example project with the built server, including dishonest attempts, and prints what happens. */
async function main(): Promise<void> {
  const scenario = chosenScenario()
  if (!scenario) return
  if (!existsSync(PROGRAM))
    throw new UnexpectedAnswer('dist/cli.js does not exist. Run `npm run build` first.')
  const start = Date.now()
  const project = await Project.create(scenario)
  const terminal = new Terminal(PROGRAM, project.root)
  try {
    await implement(scenario, project, terminal)
    await verify(scenario, project, terminal)
  } catch (error) {
    if (!(error instanceof NoTty)) throw error
    print(`\n${error.message} The demo stops here.`)
  }
  print(`\nFinished in ${Math.round((Date.now() - start) / 1000)} s. The project is kept in:`)
  print(`  ${project.root}`)
}

/** The scenario that `--dialect` names; `undefined` and exit code 2 if there is none with that name. */
function chosenScenario(): Scenario | undefined {
  const options = {
    dialect: { type: 'string', default: 'spec-kit' },
    color: { type: 'boolean', default: false },
  } as const
  const { dialect, color } = parseArgs({ options }).values
  if (color) forceColours()
  const scenario = scenarioNamed(dialect)
  if (scenario) return scenario
  console.error(`There is no demo of ${dialect}. Available: ${names.join(', ')}.`)
  process.exitCode = 2
  return undefined
}

async function implement(scenario: Scenario, project: Project, terminal: Terminal): Promise<void> {
  const client = await DemoClient.open(project.root)
  try {
    const tools = await client.tools()
    const git = project.hasGit ? '' : ' (without git)'
    print(`${coloured('bold', 'redgreen-mcp')} offers ${tools.length} tools over stdio:`)
    print(`  ${tools.join(', ')}`)
    print('The server runs every test itself. It ignores what the assistant claims about them.')
    print(`An assistant implements examples/${scenario.example} in ${project.root}${git}`)
    await new Assistant(scenario, client, project, terminal).work()
  } finally {
    await client.close()
  }
}

/** Prints what the assistant leaves behind: the workflow's files, the ledger, and the result of `redgreen verify`. */
async function verify({ feature }: Scenario, project: Project, terminal: Terminal): Promise<void> {
  const updates = await project.updates()
  const verified = await terminal.withoutTty(['verify', feature], 0)
  heading('Result')
  print()
  event('green', '✓', 'verify', verified.split('\n', 1)[0] ?? '')
  for (const { path: file, description } of updates) {
    event('dim', '·', 'updated', file)
    more(`${description}; nothing else changed`)
  }
  event('dim', '·', 'ledger', await project.ledger())
  if (!project.hasGit) return
  const replayed = await project.cloned(clone =>
    new Terminal(PROGRAM, clone).withoutTty(['verify', feature, '--replay'], 0),
  )
  print('\nIn a fresh clone, every RED and GREEN run again from the recorded snapshots')
  event('green', '✓', 'replay', replayed.split('\n', 1)[0] ?? '')
}

try {
  await main()
} catch (error) {
  const text = error instanceof UnexpectedAnswer ? error.message : error
  console.error(coloured('red', 'The demo failed:'), text)
  process.exitCode = 1
}
