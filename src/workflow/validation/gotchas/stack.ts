import type { Source } from './search.ts'
import type { Gotcha } from '../../../plan/gotcha.ts'

/** What a project is built with, as lower-case words: from the plan, its manifests, and what its sources import. */
export function stackOf(
  plan: readonly string[],
  sources: readonly Source[],
  read: (file: string) => string | undefined,
): Set<string> {
  const manifests = MANIFESTS.flatMap(file => wordsOf(read(file) ?? ''))
  const imports = sources.flatMap(({ text }) => importsOf(text))
  const languages = LANGUAGES.flatMap(({ files, words }) =>
    sources.some(({ path }) => files.test(path)) || files.test(firstManifest(read)) ? words : [],
  )
  return new Set([...plan.flatMap(wordsOf), ...manifests, ...imports, ...languages].map(plain))
}

/** Is a trap one of this project's stack? `React + Vite` is one of either. */
export function isOfStack({ framework }: Gotcha, stack: ReadonlySet<string>): boolean {
  const names = framework.split(/[+/,&()]|\band\b/i).map(plain)
  return names.some(name => name !== '' && stack.has(name))
}

const MANIFESTS = [
  'package.json',
  'requirements.txt',
  'pyproject.toml',
  'Pipfile',
  'Gemfile',
  'go.mod',
  'Cargo.toml',
  'composer.json',
]

const LANGUAGES = [
  { files: /(^|\/)package\.json$|\.[cm]?js$/, words: ['node', 'nodejs', 'javascript'] },
  { files: /\.[cm]?tsx?$/, words: ['typescript'] },
  { files: /\.py$/, words: ['python'] },
  { files: /\.rb$/, words: ['ruby'] },
  { files: /\.go$/, words: ['go', 'golang'] },
  { files: /\.rs$/, words: ['rust'] },
  { files: /(^|\/)Dockerfile/, words: ['docker'] },
]

function firstManifest(read: (file: string) => string | undefined): string {
  return MANIFESTS.find(file => read(file) !== undefined) ?? ''
}

function wordsOf(text: string): string[] {
  return text.match(/[A-Za-z@][\w.@/-]{0,80}/g) ?? []
}

const IMPORT =
  /^\s*(?:from\s+([\w.]+)\s+import|import\s+([\w.]+)\s*$)|(?:from|require\(|import)\s*["']([\w@./-]+)["']/gm

function importsOf(code: string): string[] {
  return [...code.matchAll(IMPORT)].flatMap(match => {
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    return [name, name.split(/[./]/)[0] ?? '']
  })
}

/** `Next.js`, `next` and `NextJS` are one word. */
function plain(name: string): string {
  const word = name.trim().toLowerCase()
  return word.replace(/[.\s-]?js$/, '').replaceAll(/\s+/g, '-')
}
