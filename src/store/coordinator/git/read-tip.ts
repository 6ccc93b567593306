import { runGit } from '../../git.ts'
import { parseJson } from '../../../plan/parse-json.ts'
import type { Workspace } from '../../workspace.ts'
import { StoreUnreachable } from '../coordinator.ts'
import { STATE_FILE } from './reference-name.ts'
import { EMPTY_STATE, sharedState, type Revision } from './shared-state.ts'

/** The revision that the clone's copy of the reference names. */
export async function readTip(
  workspace: Workspace,
  name: string,
  known: Revision | undefined,
): Promise<Revision> {
  // Another process of the clone can move the reference between the first line and the second. Then the third differs.
  const answer = await runGit(workspace, ['cat-file', '--batch'], lines(name))
  if ('failed' in answer) throw new StoreUnreachable(answer.failed)
  const [tip, state, again] = objectsIn(answer.out)
  if (tip?.id !== again?.id) return readTip(workspace, name, known)
  if (!tip) return { commit: '', state: EMPTY_STATE }
  if (known?.commit === tip.id) return known
  const json = parseJson(state?.content ?? '')
  const { data } = sharedState.safeParse(json)
  if (data) return { commit: tip.id, state: data }
  throw new StoreUnreachable(
    isLater(json)
      ? `a later version of redgreen wrote ${name}`
      : `${name} does not hold what redgreen writes`,
  )
}

async function* lines(name: string): AsyncGenerator<string> {
  yield `${name}\n${name}:${STATE_FILE}\n${name}\n`
}

function isLater(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('format' in json)) return false
  return typeof json.format === 'number' && json.format > EMPTY_STATE.format
}

/** The objects that git printed; `undefined` for one that it does not have. */
function objectsIn(out: Buffer): ({ id: string; content: string } | undefined)[] {
  const found: ({ id: string; content: string } | undefined)[] = []
  let at = 0
  while (at < out.length) {
    const end = out.indexOf(0x0a, at)
    const [id = '', , size] = out.toString('utf8', at, end).split(' ')
    at = end + 1
    if (size === undefined) {
      found.push(undefined)
      continue
    }
    found.push({ id, content: out.toString('utf8', at, at + Number(size)) })
    at += Number(size) + 1
  }
  return found
}
