import path from 'node:path'
import type { ConfigurationKind } from './configuration-kind.ts'
import { kindOfSuppression } from './suppressions.ts'
import { tableTitle } from './table-title.ts'
import { type Sections, SHARED, kindsOf } from './check-configuration-files.ts'
import {
  normalized,
  objectIn,
  asObject,
  canonical,
  withoutLayout,
} from './normalized-configuration.ts'

/** A piece of configuration of a linter, type checker, formatter, coverage tool or script. */
export interface ConfigurationPart {
  /** The path, or `path#part` for a part of a file that many tools share. */
  key: string
  kinds: readonly ConfigurationKind[]
  /** What decides, in a form that layout, comments and neutral options do not change. */
  content: string
}

/** Can a file with this path hold configuration of a linter, type checker, formatter or script? */
export function isCheckConfiguration(file: string): boolean {
  const name = path.posix.basename(file)
  return SHARED.has(name) || kindsOf(name).length > 0
}

/** The pieces of configuration in the text of a file. */
export function configurationParts(file: string, text: string): ConfigurationPart[] {
  const name = path.posix.basename(file)
  if (name === 'package.json') return manifestParts(file, text)
  if (name === '.npmrc') return npmParts(file, text)
  const sections = SHARED.get(name)
  if (sections) return sectionParts(file, text, sections)
  const kinds = kindsOf(name)
  return kinds.length > 0 ? [{ key: file, kinds, content: normalized(name, text) }] : []
}

/** A file without a name of its own that the configuration of a tool loads, such as `./rules.js` of `eslint.config.js`. */
export function loadedConfigurationPart(
  file: string,
  loadedBy: string,
  text: string,
): ConfigurationPart[] {
  const name = path.posix.basename(file)
  const kinds = kindsOf(path.posix.basename(loadedBy))
  if (isCheckConfiguration(file) || kinds.length === 0) return []
  return [{ key: `${file}#${kinds.join('+')}`, kinds, content: normalized(name, text) }]
}

/** The current text of package.json with the check configuration of an earlier one, and everything else unchanged. */
export function withCheckConfigurationOf(text: string, earlier: string): string {
  const [current, before] = [text, earlier].map(objectIn)
  if (!current || !before) return earlier
  const merged = new Map(Object.entries(current))
  for (const key of MANIFEST_KEYS.keys()) {
    if (before[key] === undefined) merged.delete(key)
    else merged.set(key, before[key])
  }
  const scripts = new Map(
    Object.entries(asObject(current['scripts'])).filter(([name]) => !CHECK_SCRIPT.test(name)),
  )
  for (const [name, script] of Object.entries(asObject(before['scripts'])))
    if (CHECK_SCRIPT.test(name)) scripts.set(name, script)
  merged.set('scripts', Object.fromEntries(scripts))
  return `${JSON.stringify(Object.fromEntries(merged), undefined, 2)}\n`
}

/** Keys of package.json that configure a tool. */
const MANIFEST_KEYS = new Map<string, ConfigurationKind>([
  ['eslintConfig', 'lint'],
  ['eslintIgnore', 'lint'],
  ['stylelint', 'lint'],
  ['xo', 'lint'],
  ['prettier', 'format'],
  ['nyc', 'coverage'],
  ['c8', 'coverage'],
])

/** Scripts that check the work: `test`, `lint:fix`, `pretest`. Others, such as `dev`, start or publish something. */
const CHECK_SCRIPT =
  /^(pre|post)?(test|tests|lint|types?|type-?check|tsc|checks?|build|compile|format|fmt|style|verify|validate|ci|coverage|audit)([:._-].*)?$/

/** Lines of `.npmrc` that decide how scripts run, such as the shell. Others say where packages come from. */
function npmParts(file: string, text: string): ConfigurationPart[] {
  const lines = text.split('\n').filter(line => NPM_OPTION.test(line))
  const content = lines.map(line => line.trim()).join('\n')
  return content === '' ? [] : [{ key: `${file}#script`, kinds: ['script'], content }]
}

const NPM_OPTION = /^\s*(script-shell|shell|node-options|ignore-scripts|if-present)\b/

function manifestParts(file: string, text: string): ConfigurationPart[] {
  const manifest = objectIn(text)
  if (!manifest) return []
  const scripts = Object.entries(asObject(manifest['scripts'])).filter(([name]) =>
    CHECK_SCRIPT.test(name),
  )
  const keys = [...MANIFEST_KEYS].filter(([key]) => manifest[key] !== undefined)
  return [
    ...scripts.map(([name, script]) => ({
      key: `${file}#scripts.${name}`,
      kinds: ['script'] as const,
      content: canonical(script),
    })),
    ...keys.map(([key, kind]) => ({
      key: `${file}#${key}`,
      kinds: [kind],
      content: canonical(manifest[key]),
    })),
  ]
}

/** One piece for each kind of tool that has sections in the file. */
function sectionParts(file: string, text: string, sections: Sections): ConfigurationPart[] {
  return sections.flatMap(([kinds, title]) => {
    const content = linesIn(text, title)
    return content === '' ? [] : [{ key: `${file}#${kinds.join('+')}`, kinds, content }]
  })
}

function linesIn(text: string, wanted: RegExp): string {
  let title = ''
  const lines = text.split('\n').filter(line => {
    title = tableTitle(line) ?? title
    return wanted.test(title)
  })
  return withoutLayout(lines.join('\n'))
}

/** What the configuration with this key decides; an empty list for that of a test runner. */
export function kindsOfKey(key: string): readonly ConfigurationKind[] {
  const at = key.indexOf('#')
  const [file, part] = at < 0 ? [key] : [key.slice(0, at), key.slice(at + 1)]
  if (part === undefined) return kindsOf(path.posix.basename(file))
  if (part.startsWith('scripts.')) return ['script']
  const kind = MANIFEST_KEYS.get(part) ?? kindOfSuppression(part)
  if (kind) return [kind]
  return KINDS.filter(known => part.split('+').includes(known))
}

const KINDS = ['lint', 'types', 'format', 'coverage', 'script'] as const
