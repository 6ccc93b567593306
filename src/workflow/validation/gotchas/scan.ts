import { parseGotchas } from '../../../dialects/gotchas.ts'
import { sha256 } from '../../../evidence/chain.ts'
import { searchFor, type GotchaHit, type Source } from './search.ts'
import { isDocument } from '../../../plan/file-role.ts'
import { DEFAULT_GOTCHAS_FILE, gotchaName, type Gotcha } from '../../../plan/gotcha.ts'
import { isTestFile } from '../../../plan/test-file.ts'
import { readSources } from '../../../store/sources.ts'
import type { Tree } from '../../../store/tree.ts'
import type { Context } from '../../context/context.ts'
import { isOfStack, stackOf } from './stack.ts'

/** What the code was searched for, and what was found. */
export interface GotchaScan {
  /** File of known traps. */
  file: string
  /** How many are known; `undefined` without such a file. */
  known: number | undefined
  /** Those of the project's own stack. */
  files: { gotcha: Gotcha; places: GotchaMatch[] | undefined }[]
}

/** A place that looks like a trap. */
export interface GotchaMatch extends GotchaHit {
  /** The line as it stands there. */
  text: string
  /** Why a person takes it as harmless, and who, if they do. */
  waived?: string
}

/** Looks for the known traps of what the project is built with. `places`: `undefined` where a trap shows no code. */
export function scanGotchas(context: Context, tree: Tree): GotchaScan {
  const file = context.settings.validation?.gotchas ?? DEFAULT_GOTCHAS_FILE
  const production = context.dialect.production?.(context.reader, context.plan)
  const written = context.reader.read(file)
  const known = [...parseGotchas(written ?? '', file), ...(production?.gotchas ?? [])]
  const isNone = known.length === 0
  const sources = isNone ? [] : sourcesOf(context, tree, file)
  const stack = stackOf(production?.stack ?? [], sources, name => context.reader.read(name))
  const own = known.filter(gotcha => isOfStack(gotcha, stack))
  return {
    file,
    known: isNone && written === undefined ? undefined : known.length,
    files: own.map(gotcha => ({ gotcha, places: placesOf(context, gotcha, sources) })),
  }
}

/** What runs in production: no tests, no prose, not the file of traps itself. */
function sourcesOf({ workspace }: Context, tree: Tree, file: string): Source[] {
  const paths = Object.keys(tree.files).filter(
    path =>
      path !== file && !isTestFile(path) && !isDocument(path) && !/\.(json|lock|svg)$/.test(path),
  )
  return readSources(workspace, paths)
}

function placesOf(
  context: Context,
  gotcha: Gotcha,
  sources: readonly Source[],
): GotchaMatch[] | undefined {
  const lines = new Map(sources.map(({ path, text }) => [path, text.split('\n')]))
  const words = new Words(context, gotcha)
  return searchFor(gotcha, sources)?.map(hit => {
    const text = lines.get(hit.path)?.[hit.line - 1]?.trim() ?? ''
    const place = { ...hit, text }
    const waived = hit.works ? undefined : words.on(place)
    return waived === undefined ? place : { ...place, waived }
  })
}

/** What a person has said of the places of one trap. */
class Words {
  readonly #desk: Context
  readonly #gotcha: Gotcha
  readonly #used = new Set<string>()

  constructor(context: Context, gotcha: Gotcha) {
    this.#desk = context
    this.#gotcha = gotcha
  }

  /** A word in the ledger is good for one place: the same line once more needs another. */
  on(place: GotchaMatch): string | undefined {
    const { settings, ledger } = this.#desk
    const name = gotchaName(this.#gotcha)
    const line = lineHash(place)
    for (const event of ledger.events) {
      if (event.kind !== 'gotcha-waived' || this.#used.has(event.hash)) continue
      if (event.gotcha !== name || event.file !== place.path || event.line !== line) continue
      this.#used.add(event.hash)
      return `${event.reason}; ${event.person}`
    }
    const waivers = settings.validation?.waivedGotchas ?? []
    return waivers.find(
      ({ gotcha: named, file = place.path }) =>
        file === place.path && [this.#gotcha.topic, name].includes(named),
    )?.reason
  }
}

/** Hash of what a person saw of a place, however far it is indented. */
export function lineHash({ text }: GotchaMatch): string {
  return sha256(text)
}
