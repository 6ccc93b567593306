import { isDeepStrictEqual } from 'node:util'
import type { DiagnosisResult } from '../../workflow/diagnosis/result.ts'
import type { Client, Launch, Level } from '../clients/client.ts'
import { clients } from '../clients/index.ts'
import { readConfig } from '../config-file.ts'
import { findClients } from '../find-clients.ts'
import { serverTarget, type Surroundings, type Target } from '../targets.ts'
import { Unusable } from '../text/unusable.ts'
import { startServer } from './server-start.ts'

/** Checks the entry of each client: is it there, does it start the server, and in which folder would that work? */
export async function checkClients(
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<DiagnosisResult[]> {
  const found = new Set(findClients(surroundings))
  const results: DiagnosisResult[] = []
  for (const client of clients) {
    const entries = LEVELS.flatMap(level => entryOf(client, level, surroundings))
    if (entries.length === 0 && found.has(client)) results.push(absent(client))
    for (const entry of entries) results.push(await checkEntry(entry, surroundings, signal))
  }
  return results.length > 0 ? results : [NO_CLIENT]
}

const LEVELS: readonly Level[] = ['project', 'user']

const NO_CLIENT = { name: 'client', ok: true, found: 'no client was found on this machine' }

interface Entry {
  client: Client
  target: Target
  /** `undefined`: the file cannot be read, for this reason. */
  launch: Launch | undefined
  isSet: boolean
  reason?: string
}

/** The entry of a client at a level; nothing if the client or its file does not have it. */
function entryOf(client: Client, level: Level, surroundings: Surroundings): Entry[] {
  const target = serverTarget(client, level, surroundings)
  if (target.unavailable !== undefined) return []
  try {
    const text = readConfig(target.file) ?? ''
    const launch = target.launch?.(text)
    return target.has(text) ? [{ client, target, launch, isSet: target.isSet(text) }] : []
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    return [{ client, target, launch: undefined, isSet: false, reason: error.message }]
  }
}

function absent({ name, title }: Client): DiagnosisResult {
  const remedy = `To use it with redgreen, run \`redgreen init --client ${name}\`.`
  return { name: 'client', ok: true, found: `${title} has no entry for redgreen`, remedy }
}

async function checkEntry(
  { client, target, launch, isSet, reason }: Entry,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<DiagnosisResult> {
  const { name, title } = client
  const { file, level } = target
  const again = `Run \`redgreen init --client ${name}${level === 'user' ? ' --user' : ''}\`.`
  if (!launch) {
    const found = `${title}: ${file} cannot be used: ${reason ?? 'its entry names no command'}`
    return { name: 'client', ok: false, found, remedy: 'Correct the file.' }
  }
  const line = [launch.command, ...launch.args].join(' ')
  // The file may come from a repository that nobody has checked: only what init would write is started.
  if (level === 'project' && !(isSet && isDeepStrictEqual(launch, target.expected))) {
    const what = isSet ? 'has more than init writes' : 'is not the one that init writes'
    const found = `${title}: the entry in ${file} ${what}. It was not started: \`${line}\``
    const remedy = isSet
      ? 'If you do not know what it adds, remove that.'
      : `If you do not know it: ${again}`
    return { name: 'client', ok: true, found, remedy }
  }
  const started = await startServer(client, launch, surroundings, signal)
  const found = `${title}: \`${line}\` (${file}) ${started.found}`
  return {
    name: 'client',
    ok: started.ok,
    found,
    ...(!started.ok && { remedy: started.remedy ?? again }),
  }
}
