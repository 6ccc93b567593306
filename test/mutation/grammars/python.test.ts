import { describe, expect, it } from 'vitest'
import { mutantsOf } from '../../../src/mutation/mutants.ts'
import { bodiesIn, mutantsIn, placesIn, valuesIn } from '../changes.ts'

/** Source, and the values that its body is replaced with. */
const BODIES: readonly (readonly [string, readonly string[]])[] = [
  [
    'def f(a):\n  all = []\n  all = [*all, *a]\n  return all',
    ['return []', 'return [None]', 'return None'],
  ],

  ['def f(a): return len(a)', ['return 0', 'return 1', 'return None']],
  ['def f(a) -> str: return g(a)', ["return ''", "return 'redgreen'", 'return None']],
  [
    'def f(a: str) -> str: return g(a)',
    ["return ''", 'return a', "return 'redgreen'", 'return None'],
  ],
  ['def f(a) -> "bool": return g(a)', ['return False', 'return True', 'return None']],
  ['def f(a) -> Optional[int]: return g(a)', ['return 0', 'return 1', 'return None']],
  [
    'def f(a) -> dict[str, int] | None: return g(a)',
    ['return {}', "return {'redgreen': 0}", 'return None'],
  ],
  [
    'def f(a): return g(a)',
    [
      'return 0',
      "return ''",
      'return []',
      'return False',
      'return {}',
      'return a',
      'return 1',
      "return 'redgreen'",
      'return [None]',
      'return True',
      "return {'redgreen': 0}",
      'return None',
    ],
  ],
  [
    'class A:\n  def f(self, a): return g(a)',
    [
      'return 0',
      "return ''",
      'return []',
      'return False',
      'return {}',
      'return a',
      'return 1',
      "return 'redgreen'",
      'return [None]',
      'return True',
      "return {'redgreen': 0}",
      'return None',
    ],
  ],
  ['async def f(a): return [b async for b in a]', ['return []', 'return [None]', 'return None']],
  ['f = lambda a: a > 1', ['False', 'True', 'None']],
  ['def f(a): return a, 1', ['return ()', 'return (None,)', 'return None']],
]

describe('mutants of Python functions', () => {
  it.each(BODIES)('replace the value of %s', async (source, values) => {
    expect(await valuesIn('a.py', source)).toEqual(values)
  })

  it.each([
    'def f(a):\n  yield a',
    'def f(a) -> None:\n  a.b = 1',
    'class A:\n  @b.setter\n  def f(self, a):\n    self.b = a',
  ])('empty %s', async source => {
    expect(await bodiesIn('a.py', source)).toMatchObject(
      [/^Emptying the body of `(A\.)?f`$/].map(name => expect.stringMatching(name)),
    )
  })

  it('keep docstrings, indentation and the call of the constructor of the parent', async () => {
    const source =
      'class A(B):\n\tdef __init__(self):\n\t\t"""Doc."""\n\t\tsuper().__init__()\n\t\tself.a = 1\n'
    const [made] = await mutantsIn('a.py', source)
    expect(made?.text).toBe(
      'class A(B):\n\tdef __init__(self):\n\t\t"""Doc."""\n\t\tsuper().__init__()\n\t\treturn\n\t\tself.a = 1\n',
    )
    const [short] = await mutantsIn('a.py', 'def f(a): b(); return a')
    expect(short?.text).toBe('def f(a): return 0; b(); return a')
  })

  it('name what does nothing, but not what only declares', async () => {
    const source =
      'def a(): pass\ndef b():\n  """Doc."""\n  pass\nclass C:\n  def d(self): ...\n  @abstractmethod\n  def e(self): pass\n  def f(self): raise NotImplementedError\n'
    const found = await mutantsOf({ file: 'a.py', before: undefined, after: source }, () => false)
    expect(found).toMatchObject({ mutants: [], empty: ['a', 'b'], earlier: [] })
  })

  it('call a special method by its class', async () => {
    const source = 'def a(): return 1\nclass C:\n  def __eq__(self, d): return d == 1\n'
    const [first] = await bodiesIn('a.py', source, { mentions: ['C'] })
    expect(first).toBe('Replacing the body of `C.__eq__` with `return False`')
  })
})

/** Source, and how its places are changed. */
const PLACES: readonly (readonly [string, readonly string[]])[] = [
  ['if a: b()', ['Inverting the condition `a`', 'Removing `b()`']],
  [
    'if not a: pass\nelif b is None: pass',
    ['Changing `not a` to `a`', 'Changing `is` to `is not`'],
  ],
  ['a = b and c not in d', ['Changing `and` to `or`', 'Changing `not in` to `in`']],
  ['a = b if c else d', ['Inverting the condition `c`']],
  ['a = [b for b in c if d]', ['Inverting the condition `d`']],
  ["a = 'b' + c", []],
  ['a.b = c // d', ['Changing `//` to `*`', 'Removing `a.b = c // d`']],
  ["print('a')", ["Removing `print('a')`"]],
  [
    'def f(a):\n  if a: return len(a)\n  raise B',
    ['Inverting the condition `a`', 'Changing `len(a)` to `0`', 'Removing `raise B`'],
  ],
]

describe('mutants of Python lines', () => {
  it.each(PLACES)('%s', async (source, changes) => {
    const found = await mutantsOf({ file: 'a.py', before: undefined, after: source }, () => false)
    const places = 'none' in found ? [] : await placesIn('a.py', source)
    expect(places.map(change => change.replace(/ in line \d$/, ''))).toEqual(changes)
  })

  it.each([
    '# a < b',
    '"""a < b"""',
    'import a',
    'assert a < b',
    'logging.info(a + b)',
    'self._logger.info(a + b)',
    'if __name__ == "__main__":\n  main()',
    'if TYPE_CHECKING:\n  a = b < c',
    'def test_a():\n  assert b() == 1',
    'class A(unittest.TestCase):\n  def setUp(self): self.a = 1',
  ])('are none in %s', async source => {
    const found = await mutantsOf({ file: 'a.py', before: undefined, after: source }, () => false)
    expect(found).toEqual({ none: 'no code' })
  })
})
