import { describe, expect, it } from 'vitest'
import { mutantsIn, placesIn, valuesIn } from '../changes.ts'

/** Source, and the values that its body is replaced with. */
const BODIES: readonly (readonly [string, readonly string[]])[] = [
  ['func F(a []int) int { return len(a) }', ['return 0', 'return 1']],
  ['func F(a string) string { return g(a) }', ['return ""', 'return a', 'return "redgreen"']],
  ['func F() bool { return g() }', ['return false', 'return true']],
  [
    'func F() (int, error) { return g() }',
    ['return 0, nil', 'return 1, nil', 'return 0, struct{ error }{}'],
  ],
  ['func F() *A { return g() }', ['return new(A)', 'return nil']],
  ['func F() *A { return &A{} }', ['return nil']],
  ['func F() []A { return g() }', ['return nil', 'return make([]A, 1)']],
  ['func F() map[string]int { return g() }', ['return map[string]int{}', 'return nil']],
  ['func F[T any](a T) T { return g(a) }', ['return *new(T)', 'return a']],
  ['func F() (n int, err error) { return }', ['return 1, nil', 'return 0, struct{ error }{}']],
]

describe('mutants of Go', () => {
  it.each(BODIES)('replace the value of %s', async (source, values) => {
    expect(await valuesIn('a.go', `package a\n${source}\nvar z = 3`)).toEqual(values)
  })

  it('name methods with their type, and leave the rest of the body to the compiler', async () => {
    const source = 'package a\nfunc (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }'
    const [mutant] = await mutantsIn('a.go', source)
    expect(mutant).toMatchObject({ function: 'Stack.Push', line: 2 })
    expect(mutant?.text).toContain('{ if true { return }; s.items = append(s.items, x) }')
  })

  it('change places so that nothing becomes unused', async () => {
    const source =
      'package a\nfunc f(a int, s string) (int, error) {\nif a < 1 && !b {\nreturn 0, g(s)\n}\na += 2\nlog.Println(a)\nh(a + 1, s + "x")\nreturn a, nil\n}'
    expect(await placesIn('a.go', source)).toEqual([
      'Inverting the condition `a < 1 && !b` in line 3',
      'Changing `<` to `>=` in line 3',
      'Changing `<` to `<=` in line 3',
      'Changing `&&` to `||` in line 3',
      'Changing `!b` to `b` in line 3',
      'Changing `+=` to `-=` in line 6',
      'Changing `+` to `-` in line 8',
      'Changing `0, g(s)` to `0, nil` in line 4',
      'Changing `a, nil` to `0, nil` in line 9',
      'Removing `a += 2` in line 6',
      'Removing `h(a + 1, s + "x")` in line 8',
    ])
  })
})
