import { textOfFile } from '../text-file.ts'

/**
 * Why a configuration may say something else at another time, as a phrase; `undefined` if it depends on nothing but files that are
 * stamped, and on the environment. A plugin or a module that is not known could read any file of the project when it starts.
 */
export function whyNotPlain(files: readonly string[]): string | undefined {
  for (const file of files) {
    const text = textOfFile(file)
    const module = [...text.matchAll(MODULE)]
      .map(([, , name = '']) => name)
      .find(name => !name.startsWith('.') && !KNOWN.has(name.replace(/^node:/, '')))
    if (module !== undefined) return `${file} imports ${module}`
    const [other] = CHANGEABLE.exec(text) ?? []
    if (other !== undefined) return `${file} uses ${other}`
  }
  return undefined
}

/** A module in a string: `from 'a'`, `import 'a'`, `import('a')`, `require('a')`. */
const MODULE = /\b(?:from|import|require)\s{0,20}\(?\s{0,20}(['"`])([^'"`\n]{1,300})\1/g

/** Modules that read no file of the project at the start, besides those that are stamped. */
const KNOWN = new Set([
  'vitest/config',
  'vitest',
  'vite',
  'path',
  'url',
  '@vitejs/plugin-react',
  '@vitejs/plugin-react-swc',
  '@vitejs/plugin-vue',
])

/** What differs between two moments, or between two command lines, and modules whose name is computed. */
const CHANGEABLE =
  /\bargv\b|\bDate\b|\bMath\s*\.\s*random\b|\bperformance\b|\bcrypto\b|\bfetch\b|\bgetBuiltinModule\b|\bcreateRequire\b|\bloadEnv\b|\b(?:import|require)\s*\((?!\s*['"])|\bimport\.meta\.(?:glob|resolve)\b|\beval\b|\bFunction\b|\bprocess\s*\.\s*(?:on|pid|ppid|uptime|hrtime|send|connected|channel)\b|\bprocess\s*\[|\bglobalThis\b/
