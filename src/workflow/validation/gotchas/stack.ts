import type { Gotcha } from '../../../plan/gotcha.ts'
import type { Source } from './search.ts'

/** The technologies of a project, in lower case: from the plan, its manifests, and the imports of its sources. */
export function stackOf(
  plan: readonly string[],
  sources: readonly Source[],
  read: (file: string) => string | undefined,
): Set<string> {
  const manifests = MANIFESTS.flatMap(file => wordsOf(read(file) ?? ''))
  const imports = sources.flatMap(({ text }) => importsOf(text))
  const languages = LANGUAGES.flatMap(({ files, names }) =>
    sources.some(({ path }) => files.test(path)) || files.test(firstManifest(read)) ? names : [],
  )
  return new Set([...plan.flatMap(wordsOf), ...manifests, ...imports, ...languages].map(normalize))
}

/** Does a gotcha apply to the stack? One of `React + Vite` applies if the stack has either of them. */
export function appliesTo({ framework }: Gotcha, stack: ReadonlySet<string>): boolean {
  const names = framework.split(/[+/,&()]|\band\b/i).map(normalize)
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
  { files: /(^|\/)package\.json$|\.[cm]?js$/, names: ['node', 'nodejs', 'javascript'] },
  { files: /\.[cm]?tsx?$/, names: ['typescript'] },
  { files: /\.py$/, names: ['python'] },
  { files: /\.rb$/, names: ['ruby'] },
  { files: /\.go$/, names: ['go', 'golang'] },
  { files: /\.rs$/, names: ['rust'] },
  { files: /(^|\/)Dockerfile/, names: ['docker'] },
]

function firstManifest(read: (file: string) => string | undefined): string {
  return MANIFESTS.find(file => read(file) !== undefined) ?? ''
}

function wordsOf(text: string): string[] {
  return text.match(/[A-Za-z@][\w.@/-]{0,80}/g) ?? []
}

const IMPORT =
  /^[ \t]*(?:from\s+([\w.]+)\s+import|import\s+([\w.]+)\s*$)|(?:from|require\(|import)\s*["']([\w@./-]+)["']/gm

function importsOf(code: string): string[] {
  return [...code.matchAll(IMPORT)].flatMap(match => {
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    return [name, name.split(/[./]/)[0] ?? '']
  })
}

/** `Next.js`, `next` and `NextJS` become the same word. */
function normalize(name: string): string {
  const word = name.trim().toLowerCase()
  return word.replace(/[.\s-]?js$/, '').replaceAll(/\s+/g, '-')
}
