/**
 * The files that a caller may have meant with the name of a missing test: they have its name in another folder, case or way to mark
 * tests.
 */
export function testNamesakes(name: string, files: Iterable<string>): string[] {
  const stem = stemOf(name)
  return stem === '' ? [] : [...files].filter(file => stemOf(file) === stem)
}

/** `tests/unit/test_stack.py` and `spec/Stack.spec.ts` are both "stack". */
function stemOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
  const words = name.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(/[^\p{L}\p{N}]+/u)
  return words
    .map(word => word.toLowerCase())
    .filter(word => word !== '' && !/^(tests?|specs?)$/.test(word))
    .join(' ')
}
