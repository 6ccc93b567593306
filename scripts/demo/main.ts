import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { Assistant } from './assistant.ts'
import { coloured, heading, print } from './output.ts'
import type { Play } from './scenario.ts'
import { names, playOf } from './scenarios.ts'
import { Project } from './project.ts'
import { Surprise } from './unexpected-answer.ts'
import { Nobody, Terminal } from './terminal.ts'
import { Wire } from './client.ts'

const PROGRAM = path.resolve('dist/cli.js')

/** Lets an assistant build a small project with the built server, tricks included, and shows what is seen. */
async function main(): Promise<void> {
  const play = chosen()
  if (!play) return
  if (!existsSync(PROGRAM))
    throw new Surprise('There is no dist/cli.js. Run `npm run build` first.')
  const began = Date.now()
  const project = await Project.create(play)
  const terminal = new Terminal(PROGRAM, project.root)
  try {
    await act(play, project, terminal)
    await close(play, project, terminal)
  } catch (error) {
    if (!(error instanceof Nobody)) throw error
    print(`\n${error.message} There is none here, so the demo stops: nothing went on without them.`)
  }
  print(`\n${Math.round((Date.now() - began) / 1000)} s. The project stays there to look at:`)
  print(`  ${project.root}`)
}

/** The play that `--dialect` names; `undefined` and exit code 2 where there is none of that name. */
function chosen(): Play | undefined {
  const options = { dialect: { type: 'string', default: 'spec-kit' } } as const
  const { dialect } = parseArgs({ options }).values
  const play = playOf(dialect)
  if (play) return play
  console.error(`There is no demo of ${dialect}. There is ${names.join(', ')}.`)
  process.exitCode = 2
  return undefined
}

async function act(play: Play, project: Project, terminal: Terminal): Promise<void> {
  const wire = await Wire.open(PROGRAM, project.root)
  try {
    const tools = await wire.tools()
    const git = project.hasGit ? '' : ' (without git)'
    print(`${coloured('bold', 'redgreen-mcp')} speaks MCP over stdio: ${tools.join(', ')}`)
    print('It runs every test itself; what the assistant says about them counts for nothing.')
    print(`An assistant builds examples/${play.example} in ${project.root}${git}`)
    await new Assistant(play, wire, project, terminal).work()
  } finally {
    await wire.close()
  }
}

/** What is left when the assistant has gone: the workflow's files, the ledger, and what a second look at it says. */
async function close({ feature }: Play, project: Project, terminal: Terminal): Promise<void> {
  const updates = await project.updates()
  const verified = await terminal.withoutPerson(['verify', feature], 0)
  heading('Afterwards')
  print()
  print(`  redgreen verify  ${verified}`)
  for (const { path: file, seen } of updates) {
    print(`  updated          ${file}`)
    print(`                   ${seen}, and nothing else`)
  }
  print(`  ledger           ${await project.ledger()}`)
  if (!project.hasGit) return
  const replayed = await project.cloned(clone =>
    new Terminal(PROGRAM, clone).withoutPerson(['verify', feature, '--replay'], 0),
  )
  print()
  print('  In a fresh clone, every RED and GREEN run again on the files that were kept:')
  print(`  redgreen verify --replay  ${replayed}`)
}

try {
  await main()
} catch (error) {
  const text = error instanceof Surprise ? error.message : error
  console.error(coloured('red', 'The demo did not go as it should:'), text)
  process.exitCode = 1
}
