import type { PackageView } from './framework.ts'
import { scriptOf } from './manifest.ts'
import { RECIPE_FILES, recipeIn } from './recipes.ts'

/**
 * With how many warnings a linter or type checker still passes, according to its command, the scripts that the command starts, and
 * its configuration. Infinite if nothing says that warnings make it fail.
 */
export function warningLimit(argv: readonly string[], view: PackageView): number {
  const texts = commandTexts(argv.join(' '), view)
  const limits = texts.flatMap(text => [
    ...(DENIED.test(text) ? [0] : []),
    ...[...text.matchAll(LIMITED)].map(([, limit]) => Number(limit)),
  ])
  const configured = CONFIGURATION.filter(() => texts.some(text => /\boxlint\b/.test(text)))
  return Math.min(Infinity, ...limits, ...configured.flatMap(file => configuredLimits(file, view)))
}

const DENIED =
  /(?:^|\s)(?:--(?:deny-warnings|error-on-warnings|warnings-as-errors|fail-on-warnings?|fatal-warnings|warnings)(?=\s|$)|-D ?warnings\b|-Werror\b)/
const LIMITED = /--max-warnings[= ]["']?(\d+)/g
const CONFIGURATION = ['.oxlintrc.json', '.oxlintrc.jsonc']

function configuredLimits(file: string, view: PackageView): number[] {
  const text = view.read(file) ?? ''
  const limit = /"maxWarnings"\s*:\s*(\d+)/.exec(text)?.[1]
  return [
    ...(/"denyWarnings"\s*:\s*true/.test(text) ? [0] : []),
    ...(limit === undefined ? [] : [Number(limit)]),
  ]
}

/** The text of a command, and of the scripts and recipes that it starts. */
function commandTexts(command: string, view: PackageView): string[] {
  const texts = new Set([command])
  // A set grows while it is walked, and has each text once, so scripts that start each other end.
  for (const text of texts) {
    for (const [, name = ''] of text.matchAll(SCRIPT)) {
      const script = scriptOf(view, name)
      if (script !== undefined) texts.add(script)
    }
    for (const [program, file] of RECIPE_FILES)
      for (const [, name = ''] of text.matchAll(new RegExp(`\\b${program} ([\\w:.-]+)`, 'g')))
        for (const line of recipeIn(view.read(file) ?? '', name, '[^#]*')) texts.add(line)
  }
  return [...texts]
}

const SCRIPT = /\b(?:npm|pnpm|yarn|bun)(?: (?:run|run-script|-s|--silent))* ([\w:.-]+)/g
