import { describe, expect, it } from 'vitest'
import { bodiesIn, mutantsIn, placesIn, valuesIn } from '../changes.ts'

/** Source, and the values that its body is replaced with. */
const BODIES: readonly (readonly [string, readonly string[]])[] = [
  ['function f(array $a): int { return g($a); }', ['return 0', 'return 1']],
  ['function f($a): ?string { return g($a); }', ["return ''", "return 'redgreen'", 'return null']],
  [
    'function f($a) { return g($a); }',
    [
      'return 0',
      "return ''",
      'return []',
      'return false',
      'return $a',
      'return 1',
      "return 'redgreen'",
      'return [null]',
      'return true',
      'return null',
    ],
  ],
  ['function f(A $a): A { return g($a); }', ['return $a']],
  ['class A { function f(): static { return $this->g(); } }', ['return $this']],
  ['function f(): B { return new B(); }', []],
  ['$f = fn($a) => $a > 1;', ['false', 'true', 'null']],
]

describe('mutants of PHP functions', () => {
  it.each(BODIES)('replace the value of %s', async (source, values) => {
    expect(await valuesIn('a.php', `<?php ${source} h(1);`)).toEqual(values)
  })

  it('empty functions without a value, and constructors after that of the parent', async () => {
    const source =
      '<?php class A { function __construct() { parent::__construct(); $this->a = 1; } function f(): void { b(); } function g() { yield 1; } }'
    expect(await bodiesIn('a.php', source)).toEqual([
      'Emptying the body of `A.__construct`',
      'Emptying the body of `A.f`',
      'Emptying the body of `A.g`',
    ])
    const [made] = await mutantsIn('a.php', source)
    expect(made?.text).toContain('parent::__construct(); return; $this->a = 1;')
  })
})

/** Source, and how its places are changed. */
const PLACES: readonly (readonly [string, readonly string[]])[] = [
  [
    'if (!$a && TRUE) {}',
    [
      'Inverting the condition `!$a && TRUE`',
      'Changing `!$a` to `$a`',
      'Changing `&&` to `||`',
      'Changing `TRUE` to `false`',
    ],
  ],
  ['$a = $b === $c ? 1 : 2;', ['Changing `===` to `!==`']],
  ["echo 'a';", ["Removing `echo 'a';`"]],
  ['$this->a = 1;', ['Removing `$this->a = 1;`']],
  ["error_log('a'); $this->logger->info($a < $b);", []],
  ['for ($i = 0; $i < 3; $i++) {}', ['Changing `<` to `>=`', 'Changing `<` to `<=`']],
]

describe('mutants of PHP lines', () => {
  it.each(PLACES)('%s', async (source, changes) => {
    const places = await placesIn('a.php', `<?php ${source} $z = 3;`)
    expect(places).toEqual(changes.map(change => `${change} in line 1`))
  })
})
