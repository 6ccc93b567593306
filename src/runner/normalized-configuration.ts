import { parse } from 'jsonc-parser'
import { withinStack } from '../plan/within-stack.ts'

export function normalized(name: string, text: string): string {
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

export function objectIn(text: string): Record<string, unknown> | undefined {
  const value: unknown = withinStack(() => parse(text, [], { allowTrailingComma: true }))
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined
}

export function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {}
}

/** JSON with sorted keys: the order of keys changes nothing. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Without blank lines, spaces at line ends, and whole-line comments. */
export function withoutLayout(text: string): string {
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
