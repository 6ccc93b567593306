import path from 'node:path'
import { parse } from 'jsonc-parser'
import { withinStack } from '../plan/within-stack.ts'
import type { JudgeKind } from './judge-kind.ts'
import { kindOfSuppression } from './suppressions.ts'
import { tableTitle } from './table-title.ts'

/** A piece of configuration that judges the work. */
export interface JudgePart {
  /** The path, or `path#part` for a part of a file that many tools share. */
  key: string
  kinds: readonly JudgeKind[]
  /** What decides, in a form that layout, comments and neutral options do not change. */
  content: string
}

/** Can a file with this path hold configuration of a linter, type checker, formatter or script? */
export function mayJudge(file: string): boolean {
  const name = path.posix.basename(file)
  return SHARED.has(name) || kindsOf(name).length > 0
}

/** The pieces of configuration in the text of a file. */
export function judgeParts(file: string, text: string): JudgePart[] {
  const name = path.posix.basename(file)
  if (name === 'package.json') return manifestParts(file, text)
  if (name === '.npmrc') return npmParts(file, text)
  const sections = SHARED.get(name)
  if (sections) return sectionParts(file, text, sections)
  const kinds = kindsOf(name)
  return kinds.length > 0 ? [{ key: file, kinds, content: normalized(name, text) }] : []
}

/** A file without a name of its own that the configuration of a tool loads, such as `./rules.js` of `eslint.config.js`. */
export function loadedPart(file: string, loadedBy: string, text: string): JudgePart[] {
  const name = path.posix.basename(file)
  const kinds = kindsOf(path.posix.basename(loadedBy))
  if (mayJudge(file) || kinds.length === 0) return []
  return [{ key: `${file}#${kinds.join('+')}`, kinds, content: normalized(name, text) }]
}

/** The text of package.json with the judging parts of another version of it, and everything else unchanged. */
export function withJudgesOf(text: string, earlier: string): string {
  const [current, before] = [text, earlier].map(objectIn)
  if (!current || !before) return earlier
  const merged = new Map(Object.entries(current))
  for (const key of MANIFEST_KEYS.keys()) {
    if (before[key] === undefined) merged.delete(key)
    else merged.set(key, before[key])
  }
  const scripts = new Map(
    Object.entries(asObject(current['scripts'])).filter(([name]) => !JUDGING_SCRIPT.test(name)),
  )
  for (const [name, script] of Object.entries(asObject(before['scripts'])))
    if (JUDGING_SCRIPT.test(name)) scripts.set(name, script)
  merged.set('scripts', Object.fromEntries(scripts))
  return `${JSON.stringify(Object.fromEntries(merged), undefined, 2)}\n`
}

/** Configuration files by their name. */
const FILES: readonly (readonly [JudgeKind, RegExp])[] = [
  [
    'lint',
    /^(\.?oxlintrc\.jsonc?|oxlint\.config\.\w+|\.oxlintignore|eslint\.config\.\w+|\.eslintrc(\.\w+)?|\.eslintignore|\.?biome\.jsonc?|tslint\.json|\.stylelintrc(\.\w+)?|stylelint\.config\.\w+|\.stylelintignore|\.xo-config(\.\w+)?|\.?ruff\.toml|\.flake8|\.?pylintrc|\.golangci\.\w+|\.?clippy\.toml|\.rubocop(_todo)?\.yml|\.?phpcs\.xml(\.dist)?|\.swiftlint\.yml|\.clang-tidy|\.?detekt\.ya?ml|checkstyle\.xml|\.credo\.exs|\.markdownlint\S*|\.yamllint\S*)$/,
  ],
  [
    'types',
    /^([tj]sconfig[\w.-]*\.json|\.?mypy\.ini|pyrightconfig\.json|phpstan[\w.-]*\.neon(\.dist)?|psalm[\w.-]*\.xml(\.dist)?|\.flowconfig)$/,
  ],
  [
    'format',
    /^(\.prettierrc(\.\w+)?|prettier\.config\.\w+|\.prettierignore|\.oxfmtrc\.jsonc?|\.?dprint\.jsonc?|\.?rustfmt\.toml|\.clang-format)$/,
  ],
  [
    'coverage',
    /^(\.nycrc(\.\w+)?|nyc\.config\.\w+|\.c8rc(\.\w+)?|\.coveragerc|\.simplecov|\.?codecov\.ya?ml)$/,
  ],
  [
    'script',
    /^(GNUmakefile|[Mm]akefile|[Jj]ustfile|Taskfile\.ya?ml|Rakefile|noxfile\.py|\.pre-commit-config\.ya?ml|\.?lefthook\.ya?ml)$/,
  ],
]

type Sections = readonly (readonly [kinds: readonly JudgeKind[], title: RegExp])[]

const INI: Sections = [
  [['lint'], /^(flake8|pylint.*|pycodestyle)$/],
  [['types'], /^mypy/],
  [['coverage'], /^coverage\b/],
]

/** Files that many tools share, with the sections that judge. */
const SHARED = new Map<string, Sections>([
  ['package.json', []],
  ['.npmrc', []],
  [
    'pyproject.toml',
    [
      [['lint'], /^tool\.(ruff|pylint|flake8|pycodestyle)\b/],
      [['types'], /^tool\.(mypy|pyright|basedpyright|ty)\b/],
      [['format'], /^tool\.(black|isort)\b/],
      [['coverage'], /^tool\.coverage\b/],
    ],
  ],
  ['setup.cfg', INI],
  ['tox.ini', INI],
  ['Cargo.toml', [[['lint', 'types'], /^(workspace\.)?lints\b/]]],
])

/** Keys of package.json that configure a tool. */
const MANIFEST_KEYS = new Map<string, JudgeKind>([
  ['eslintConfig', 'lint'],
  ['eslintIgnore', 'lint'],
  ['stylelint', 'lint'],
  ['xo', 'lint'],
  ['prettier', 'format'],
  ['nyc', 'coverage'],
  ['c8', 'coverage'],
])

/** Scripts that judge. Others, such as `dev`, start or publish something. */
const JUDGING_SCRIPT =
  /^(pre|post)?(test|tests|lint|types?|type-?check|tsc|checks?|build|compile|format|fmt|style|verify|validate|ci|coverage|audit)([:._-].*)?$/

/** Lines of `.npmrc` that decide how scripts run, such as the shell. Others say where packages come from. */
function npmParts(file: string, text: string): JudgePart[] {
  const lines = text.split('\n').filter(line => NPM_OPTION.test(line))
  const content = lines.map(line => line.trim()).join('\n')
  return content === '' ? [] : [{ key: `${file}#script`, kinds: ['script'], content }]
}

const NPM_OPTION = /^\s*(script-shell|shell|node-options|ignore-scripts|if-present)\b/

function kindsOf(name: string): JudgeKind[] {
  return FILES.flatMap(([kind, pattern]) => (pattern.test(name) ? [kind] : []))
}

function manifestParts(file: string, text: string): JudgePart[] {
  const manifest = objectIn(text)
  if (!manifest) return []
  const scripts = Object.entries(asObject(manifest['scripts'])).filter(([name]) =>
    JUDGING_SCRIPT.test(name),
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

/** One piece for each kind of judge that has sections in the file. */
function sectionParts(file: string, text: string, sections: Sections): JudgePart[] {
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

function normalized(name: string, text: string): string {
  if (/^[tj]sconfig/.test(name)) return compilerOptions(text)
  if (/\.jsonc?$|^\.(eslint|prettier|stylelint)rc$/.test(name)) {
    const value = objectIn(text)
    if (value) return canonical(value)
  }
  return /\.[cm]?[jt]s$/.test(name) ? withoutStyle(text) : withoutLayout(text)
}

/** Options that say where modules are found and what is written, not what is an error. */
const NEUTRAL_OPTIONS =
  /^(paths|baseUrl|rootDirs?|outDir|outFile|declaration\w*|sourceMap|inlineSource\w*|sourceRoot|mapRoot|target|module|moduleResolution|moduleDetection|lib|jsx\w*|types|typeRoots|composite|incremental|tsBuildInfoFile|resolveJsonModule|esModuleInterop|allowSyntheticDefaultImports|verbatimModuleSyntax|allowImportingTsExtensions|customConditions|removeComments|newLine|emit\w*|plugins|pretty|experimentalDecorators|useDefineForClassFields)$/

function compilerOptions(text: string): string {
  const config = objectIn(text)
  if (!config) return withoutLayout(text)
  const options = Object.entries(asObject(config['compilerOptions'])).filter(
    ([key]) => !NEUTRAL_OPTIONS.test(key),
  )
  return canonical({ ...config, compilerOptions: Object.fromEntries(options) })
}

function objectIn(text: string): Record<string, unknown> | undefined {
  const value: unknown = withinStack(() => parse(text, [], { allowTrailingComma: true }))
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {}
}

/** JSON with sorted keys: the order of keys changes nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Without blank lines, spaces at line ends, and whole-line comments. */
function withoutLayout(text: string): string {
  const lines = text.split('\n').map(line => line.trimEnd())
  return lines.filter(line => line !== '' && !/^\s*[#;]/.test(line)).join('\n')
}

/** Without what a formatter changes in a script: white space, kind of quotes, semicolons, trailing commas. */
function withoutStyle(text: string): string {
  return text
    .replaceAll(/["`]/g, "'")
    .replaceAll(/[\s;]+/g, '')
    .replaceAll(/,(?=[)\]}])/g, '')
}

/** What the configuration with this key decides; an empty list for that of a test runner. */
export function kindsOfKey(key: string): readonly JudgeKind[] {
  const at = key.indexOf('#')
  const [file, part] = at < 0 ? [key] : [key.slice(0, at), key.slice(at + 1)]
  if (part === undefined) return kindsOf(path.posix.basename(file))
  if (part.startsWith('scripts.')) return ['script']
  const kind = MANIFEST_KEYS.get(part) ?? kindOfSuppression(part)
  if (kind) return [kind]
  return KINDS.filter(known => part.split('+').includes(known))
}

const KINDS = ['lint', 'types', 'format', 'coverage', 'script'] as const
