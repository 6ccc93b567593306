import type { DiagnosisResult } from '../workflow/diagnosis/result.ts'
import type { Client, Level } from './clients/client.ts'
import { clients } from './clients/index.ts'
import { EXAMPLE_NAMES } from './example/example.ts'
import { findClients } from './find-clients.ts'
import { hookTarget, type Surroundings } from './targets.ts'

/** What the user asked for. */
export interface InitRequest {
  /** Empty: those that are found. */
  clients: readonly Client[]
  level: Level | undefined
  hooks: boolean
  remove: boolean
  dryRun: boolean
  /** Ask at the terminal what is open. */
  interactive: boolean
  example: string | undefined
  /** How test files are run, if that is not recognized. */
  testCommand: string | undefined
  /** A plan of the project that the user names. */
  plan: string | undefined
}

export function withFound(request: InitRequest, surroundings: Surroundings): InitRequest {
  if (request.clients.length > 0) return request
  return { ...request, clients: request.remove ? clients : findClients(surroundings) }
}

/** Asks only what the arguments leave open. */
export async function askOpenQuestions(
  request: InitRequest,
  surroundings: Surroundings,
  found: readonly DiagnosisResult[],
): Promise<InitRequest> {
  const { prompts } = await import('./prompts.ts')
  prompts.begin(
    'redgreen init',
    found.map(({ name, found: text }) => `${name}: ${text}`).join('\n'),
  )
  if (request.remove) return withFound(request, surroundings)
  const chosen = request.clients.length > 0 ? request.clients : await askClients(surroundings)
  const canHook = chosen.some(client => hookTarget(client, request.level, surroundings))
  const hooks =
    request.hooks ||
    (canHook && (await prompts.agree('Install hooks that protect the ledger and the plan?')))
  const hasPlan = request.plan !== undefined || found.some(({ name }) => name === 'plans')
  const example = request.example ?? (hasPlan ? undefined : await askExample())
  const isKnown = found.some(({ name, ok }) => name === 'tests' && ok)
  const testCommand = request.testCommand ?? (isKnown || example ? undefined : await askTests())
  return { ...request, clients: chosen, hooks, example, testCommand }
}

async function askClients(surroundings: Surroundings): Promise<Client[]> {
  const { prompts } = await import('./prompts.ts')
  const names = await prompts.choose(
    'Which clients should start the server?',
    clients.map(({ name, title }) => ({ value: name, label: title })),
    findClients(surroundings).map(({ name }) => name),
  )
  return clients.filter(({ name }) => names.includes(name))
}

async function askExample(): Promise<string | undefined> {
  const { prompts } = await import('./prompts.ts')
  const answer = await prompts.pick('There is no plan yet. Create a small example?', [
    'no',
    ...EXAMPLE_NAMES,
  ])
  return answer === 'no' ? undefined : answer
}

async function askTests(): Promise<string | undefined> {
  const { prompts } = await import('./prompts.ts')
  const answer = await prompts.line(
    'No test runner was recognized. Which command runs test files? {files} stands for them; empty: none.',
  )
  return answer === '' ? undefined : answer
}
