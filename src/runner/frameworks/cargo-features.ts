import path from 'node:path'
import type { TestRequest } from '../framework.ts'
import { testRecipe, type TestRecipe } from '../test-recipe.ts'
import { textOfFile } from '../text-file.ts'

/**
 * The options that choose the features of a package: those of the project's own test recipe, and those that test programs require.
 * Cargo refuses to run a test program without the features that it requires, and leaves it out of the suite.
 */
export function cargoFeatures({ cwd, files }: Pick<TestRequest, 'cwd' | 'files'>): string[] {
  const own = recipeFeatures(testRecipe(cwd))
  if (own.includes('--all-features')) return own
  const text = textOfFile(path.join(cwd, 'Cargo.toml'))
  const asked = new Set(files.map(file => path.relative(cwd, file).split(path.sep).join('/')))
  const required = testPrograms(text).flatMap(({ files, features }) =>
    asked.size === 0 || files.some(file => asked.has(file)) ? features : [],
  )
  return required.length > 0 ? [...own, '--features', [...new Set(required)].join(',')] : own
}

/** The options of a test recipe that choose features of a package. */
export function recipeFeatures({ commands }: TestRecipe): string[] {
  return commands.filter(([program]) => program === 'cargo').flatMap(featureOptions)
}

/** The options of a call of cargo that choose features. */
export function featureOptions(words: readonly string[]): string[] {
  const end = words.indexOf('--')
  return (end < 0 ? words : words.slice(0, end)).flatMap((word, at) => {
    if (/^--(all-features|no-default-features|features=.+)$/.test(word)) return [word]
    const value = words[at + 1]
    return /^(--features|-F)$/.test(word) && value !== undefined ? ['--features', value] : []
  })
}

/** The test programs of a manifest that require features, with the files that they may consist of. */
export function testPrograms(manifest: string): { files: string[]; features: string[] }[] {
  return manifest.split(/^(?=\s*\[)/m).flatMap(table => {
    if (!/^\s*\[\[test\]\]/.test(table)) return []
    const name = /^[ \t]*name\s*=\s*["']([^"']+)["']/m.exec(table)?.[1]
    const file = /^[ \t]*path\s*=\s*["']([^"']+)["']/m.exec(table)?.[1]
    const list = /^[ \t]*required-features\s*=\s*\[([^\]]*)\]/m.exec(table)?.[1] ?? ''
    const features = [...list.matchAll(/["']([^"']+)["']/g)].map(([, feature = '']) => feature)
    if (name === undefined || features.length === 0) return []
    return [
      {
        files: file === undefined ? [`tests/${name}.rs`, `tests/${name}/main.rs`] : [file],
        features,
      },
    ]
  })
}
