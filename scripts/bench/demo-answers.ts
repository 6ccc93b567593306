import { rm } from 'node:fs/promises'
import * as z from 'zod'
import { PROGRAM } from '../../test/kit/program.ts'
import type { Answer } from '../../test/kit/server.ts'
import { Assistant } from '../demo/assistant.ts'
import { DemoClient } from '../demo/client.ts'
import { silence } from '../demo/output.ts'
import { Project } from '../demo/project.ts'
import { scenarioNamed } from '../demo/scenarios.ts'
import { Terminal } from '../demo/terminal.ts'

/** An answer of the server in the demo, and the tool that gave it. */
export interface DemoAnswer extends Answer {
  tool: string
}

/**
 * Plays the feature of a demo through a real server, without output; returns each answer, refusals included. The path of the temporary
 * folder is replaced by a short one, so that the figures are the same on each machine.
 */
export async function demoAnswers(dialect: string): Promise<DemoAnswer[]> {
  const scenario = scenarioNamed(dialect)
  if (!scenario) throw new Error(`There is no demo of ${dialect}.`)
  silence()
  const answers: DemoAnswer[] = []
  const project = await Project.create(scenario)
  const client = await DemoClient.open(project.root, (tool, answer) => {
    answers.push({ ...withoutChance(answer, project.root), tool })
  })
  try {
    await new Assistant(scenario, client, project, new Terminal(PROGRAM, project.root)).work()
    return answers
  } finally {
    await client.close()
    await rm(project.root, { recursive: true, force: true })
  }
}

/** Without what differs from run to run: the path of the temporary folder, durations and hashes, which are more or fewer tokens. */
function withoutChance({ code, text, data }: Answer, root: string): Answer {
  const short = (part: string) =>
    part
      .replaceAll(root, '/project')
      .replaceAll(/[0-9a-f]{64}/g, SOME_HASH)
      .replaceAll(/\b\d+\.\d{3,}\b/g, '1.234567')
  return { code, text: short(text), data: facts.parse(JSON.parse(short(JSON.stringify(data)))) }
}

/** The hash of the empty text. */
const SOME_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const facts = z.record(z.string(), z.unknown())
