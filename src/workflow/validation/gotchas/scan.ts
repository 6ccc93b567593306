import { parseGotchas } from '../../../dialects/gotchas.ts'
import { sha256 } from '../../../evidence/chain.ts'
import { isDocument } from '../../../plan/file-role.ts'
import { DEFAULT_GOTCHAS_FILE, gotchaName, type Gotcha } from '../../../plan/gotcha.ts'
import { isTestFile } from '../../../plan/test-file.ts'
import { readSources } from '../../../store/sources.ts'
import type { Tree } from '../../../store/tree.ts'
import type { Context } from '../../context/context.ts'
import { searchFor, type CodeMatch, type Source } from './search.ts'
import { appliesTo, stackOf } from './stack.ts'

/** The result of searching the code for gotchas. */
export interface GotchaScan {
  /** The gotchas file. */
  file: string
  /** The number of known gotchas; `undefined` if there is no gotchas file. */
  known: number | undefined
  /** The gotchas of the project's stack. `matches` is `undefined` if a gotcha has no code to search for. */
  inStack: { gotcha: Gotcha; matches: GotchaMatch[] | undefined }[]
}

/** Code that looks like a gotcha. */
export interface GotchaMatch extends CodeMatch {
  /** The line, trimmed. */
  text: string
  /** If the match is waived: the reason, and who waived it. */
  waived?: string
}

/** Searches the code for the known gotchas of the project's stack. */
export function scanGotchas(context: Context, tree: Tree): GotchaScan {
  const file = context.settings.validation?.gotchas ?? DEFAULT_GOTCHAS_FILE
  const production = context.dialect.production?.(context.reader, context.plan)
  const text = context.reader.read(file)
  const known = [...parseGotchas(text ?? '', file), ...(production?.gotchas ?? [])]
  const isEmpty = known.length === 0
  const sources = isEmpty ? [] : sourcesOf(context, tree, file)
  const stack = stackOf(production?.stack ?? [], sources, name => context.reader.read(name))
  const inStack = known.filter(gotcha => appliesTo(gotcha, stack))
  return {
    file,
    known: isEmpty && text === undefined ? undefined : known.length,
    inStack: inStack.map(gotcha => ({ gotcha, matches: matchesOf(context, gotcha, sources) })),
  }
}

/** The files that run in production: no tests, no documents, no gotchas file. */
function sourcesOf({ workspace }: Context, tree: Tree, gotchasFile: string): Source[] {
  const paths = Object.keys(tree.files).filter(
    path =>
      path !== gotchasFile &&
      !isTestFile(path) &&
      !isDocument(path) &&
      !/\.(json|lock|svg)$/.test(path),
  )
  return readSources(workspace, paths)
}

function matchesOf(
  context: Context,
  gotcha: Gotcha,
  sources: readonly Source[],
): GotchaMatch[] | undefined {
  const lines = new Map(sources.map(({ path, text }) => [path, text.split('\n')]))
  const waivers = new Waivers(context, gotcha)
  return searchFor(gotcha, sources)?.map(codeMatch => {
    const text = lines.get(codeMatch.path)?.[codeMatch.line - 1]?.trim() ?? ''
    const match = { ...codeMatch, text }
    const waived = match.works ? undefined : waivers.reasonFor(match)
    return waived === undefined ? match : { ...match, waived }
  })
}

/** The waivers of one gotcha, in the ledger and in the settings. */
class Waivers {
  readonly #context: Context
  readonly #gotcha: Gotcha
  readonly #used = new Set<string>()

  constructor(context: Context, gotcha: Gotcha) {
    this.#context = context
    this.#gotcha = gotcha
  }

  /** Why a match is waived. An event waives one match only: a second line with the same text needs its own event. */
  reasonFor(match: GotchaMatch): string | undefined {
    const { settings, ledger } = this.#context
    const name = gotchaName(this.#gotcha)
    const line = lineHash(match)
    for (const event of ledger.events) {
      if (event.kind !== 'gotcha-waived' || this.#used.has(event.hash)) continue
      if (event.gotcha !== name || event.file !== match.path || event.line !== line) continue
      this.#used.add(event.hash)
      return `${event.reason}; ${event.person}`
    }
    const inSettings = settings.validation?.waivedGotchas ?? []
    return inSettings.find(
      ({ gotcha: named, file = match.path }) =>
        file === match.path && [this.#gotcha.topic, name].includes(named),
    )?.reason
  }
}

/** Hash of the line that a human saw, independent of its indentation. */
export function lineHash({ text }: GotchaMatch): string {
  return sha256(text)
}
