/** Files with recipes, and the programs that run them. */
export const RECIPE_FILES: readonly (readonly [program: string, file: string])[] = [
  ['make', 'GNUmakefile'],
  ['make', 'Makefile'],
  ['make', 'makefile'],
  ['just', 'justfile'],
  ['just', 'Justfile'],
]

/**
 * The lines of a recipe; empty if there is none.
 *
 * @param prerequisites a pattern for what may follow the name in its line
 */
export function recipeIn(text: string, name: string, prerequisites = ''): string[] {
  const lines = text.split('\n')
  const head = new RegExp(String.raw`^${name}\s*:(?!=)\s*${prerequisites}(#.*)?$`)
  const at = lines.findIndex(line => head.test(line))
  if (at < 0) return []
  const rest = lines.slice(at + 1)
  const end = rest.findIndex(line => /^\S/.test(line))
  return (end < 0 ? rest : rest.slice(0, end)).map(line => line.trim()).filter(line => line !== '')
}
