import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { Assistant } from './assistant.ts'
import { coloured, heading, print } from './paper.ts'
import { Project } from './project.ts'
import { Surprise } from './surprise.ts'
import { Wire } from './wire.ts'

const PROGRAM = path.resolve('dist/cli.js')

/** Lets an assistant build a small project with the built server, tricks included, and shows what is seen. */
async function main(): Promise<void> {
  if (!existsSync(PROGRAM))
    throw new Surprise('There is no dist/cli.js. Run `npm run build` first.')
  const began = Date.now()
  const project = await Project.create()
  await play(project)
  await close(project)
  print(`\n${Math.round((Date.now() - began) / 1000)} s. The project stays there to look at:`)
  print(`  ${project.root}`)
}

async function play(project: Project): Promise<void> {
  const wire = await Wire.open(PROGRAM, project.root)
  try {
    const tools = await wire.tools()
    print(`${coloured('bold', 'redgreen-mcp')} speaks MCP over stdio: ${tools.join(', ')}`)
    print('It runs every test itself; what the assistant says about them counts for nothing.')
    print(`An assistant builds examples/spec-kit in ${project.root}${gitNote(project)}`)
    await new Assistant(wire, project).work()
  } finally {
    await wire.close()
  }
}

function gitNote({ hasGit }: Project): string {
  return hasGit ? '' : ' (without git)'
}

/** What is left when the assistant has gone: the marks, the ledger, and what a second look at it says. */
async function close(project: Project): Promise<void> {
  const marks = await project.marksAlone()
  if (marks === undefined) throw new Surprise(`${project.tasks} changed in more than its marks.`)
  const args = [PROGRAM, 'verify', '--root', project.root]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  heading('Afterwards')
  print()
  print(`  redgreen verify  ${stdout.trim()}`)
  print(`  tasks.md         ${marks} marks changed, and nothing else`)
  print(`  ledger           ${await project.ledger()}`)
}

try {
  await main()
} catch (error) {
  const text = error instanceof Surprise ? error.message : error
  console.error(coloured('red', 'The demo did not go as it should:'), text)
  process.exitCode = 1
}
