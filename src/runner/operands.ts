/** Arguments that are not paths, such as names of modules and tests. `--` ends the options, if one of them could be read as an option. */
export function operands(words: readonly string[]): string[] {
  return words.some(word => word.startsWith('-')) ? ['--', ...words] : [...words]
}
