import { describe, expect, it } from 'vitest'
import { failingAssertions } from '../../src/mutation/assertions/failing-assertions.ts'

const GONE = 'redgreen_assertion_is_reached'

/** The text with each assertion changed, and whether the test is known to have one. */
async function changed(file: string, text: string): Promise<[string, string | undefined]> {
  const name = /(?:test_|Test)?[aA]dds(?!\(\): pass)/.exec(text)?.[0]
  const found = await failingAssertions(file, text)
  return [found?.text ?? '', found?.reaches(`${file} > suite > ${name}`)]
}

describe('an assertion that fails as soon as it is reached', () => {
  it.each([
    [
      'a.test.js',
      "test('adds', () => { if (r) assert.equal(r, 1) })",
      'assert.equal',
      `${GONE}.equal`,
    ],
    ['a.test.ts', "it('adds', () => expect(f()).toBe(1))", 'expect(', `${GONE}(`],
    ['a.test.ts', "it.only('adds', () => { expect.soft(f()).toBe(1) })", 'expect.', `${GONE}.`],
    [
      'a.test.tsx',
      "test('adds', async () => { await expect(<A/>).resolves.toBe(1) })",
      'expect(',
      `${GONE}(`,
    ],
    ['a.test.mjs', 'test(`adds`, t => { t.assert.ok(f()) })', 't.assert', `${GONE}.assert`],
    ['a.test.cjs', "test('adds', t => { t.is(f(), 1) })", 't.is', `${GONE}.is`],
    [
      'test_a.py',
      'def adds(): pass\ndef test_adds():\n    assert (\n        f() == 1\n    ), "x"\n',
      /assert \([^"]*"x"/,
      `raise ${GONE}`,
    ],
    [
      'test_a.py',
      'class T:\n    def test_adds(self):\n        self.assertEqual(f(), 1)\n',
      'self.assertEqual',
      GONE,
    ],
    [
      'test_a.py',
      'async def test_adds():\n    with pytest.raises(E):\n        f()\n',
      'pytest.raises',
      GONE,
    ],
    ['a_spec.rb', "it 'adds' do\n  expect(f).to eq(1)\nend\n", 'expect(', `${GONE}(`],
    ['a_test.rb', 'def test_adds\n  assert_equal 1, f\nend\n', 'assert_equal', GONE],
    [
      'lib.rs',
      '#[test]\nfn adds() { assert_eq!(f(), 1); }\n',
      'assert_eq!(f(), 1)',
      `panic!("${GONE}")`,
    ],
    [
      'a_test.go',
      'package a\nfunc TestAdds(t *testing.T) {\n\tif got := f(); got != 1 {\n\t\tt.Error(got)\n\t}\n}\n',
      'if got',
      `panic("${GONE}"); if got`,
    ],
    [
      'a_test.go',
      'package a\nfunc TestAdds(t *testing.T) {\n\tassert.Equal(t, 1, f())\n}\n',
      'assert.',
      `panic("${GONE}"); assert.`,
    ],
  ])('%s: %s', async (file, text, from, to) => {
    const [after, isKnown] = await changed(file, text)
    expect(after).toBe(text.replace(from, to))
    expect(isKnown).toMatch(/surely|perhaps/)
  })

  it('belongs to the test with that name, whatever its suites, parameters and number are', async () => {
    const found = await failingAssertions('test_a.py', 'def test_adds(n):\n    assert n\n')
    const ids = [
      'test_a.py > T > test_adds',
      'test_a.py > test_adds[1-2]',
      'test_a.py > test_adds #2',
    ]
    expect(ids.map(id => found?.reaches(id))).toEqual(['surely', 'surely', 'surely'])
    expect(found?.reaches('test_a.py > test_add')).toBeUndefined()
  })

  it('is the innermost condition of Go, once for several reports, and never in an else alone', async () => {
    const text = `package a
func TestAdds(t *testing.T) {
	if got := f(); got != "" {
		if got != "1" {
			t.Log(got)
			t.Errorf("%s", got)
			t.FailNow()
		}
	}
	if a {
	} else if b {
		t.Error(b)
	}
}
`
    const [after] = await changed('a_test.go', text)
    const panics = after.split('\n').filter(line => line.includes('panic'))
    expect(panics.map(line => line.trim())).toEqual([
      `panic("${GONE}"); if got != "1" {`,
      `panic("${GONE}"); if a {`,
    ])
  })

  // They say that a place is not to be reached, or belong to no test.
  it.each([
    ['a.test.js', "test('adds', () => { try { f(); assert.fail('no error') } catch { } })"],
    ['a.test.js', "test('adds', () => { if (f()) assert(false) })"],
    [
      'a.test.ts',
      "test('adds', () => { if (f()) expect(true).toBe(false); expect.unreachable() })",
    ],
    ['a.test.ts', "test('adds', () => { expect.assertions(2); expectOk(f()) })"],
    ['a.test.ts', 'beforeEach(() => { expect(f()).toBe(1) })'],
    ['a.test.ts', "test.each([1])('adds %i', n => { expect(n).toBe(1) })"],
    ['test_a.py', 'def test_adds():\n    if f():\n        assert False\n'],
    ['test_a.py', 'def helper():\n    assert f()\n'],
    [
      'lib.rs',
      'fn adds() { assert!(true); }\n#[test]\nfn t() { if f() { assert!(false, "no"); } }\n',
    ],
    ['a.test.ts', "test('adds', () => { expect(f( })"],
    ['a_test.java', 'class A { @Test void adds() { assertEquals(1, f()); } }'],
  ])('is not found in %s: %s', async (file, text) => {
    expect(await failingAssertions(file, text)).toBeUndefined()
  })

  it.each([
    ['a.test.js', "test('adds', async () => { const r = f(); await expect(r).resolves.toBe(1) })"],
    ['a.test.js', "test('adds', () => assert.equal(f(), 1))"],
    ['a.test.js', "test('adds', function () { const e = assert.throws(f) })"],
    ['test_a.py', 'def test_adds():\n    assert f() == 1\n'],
    ['a_spec.rb', "it('adds') { expect(f).to eq(1) }\n"],
    ['a_spec.rb', "it 'adds' do\n  expect(f).to eq(1)\nend\n"],
    ['lib.rs', '#[test]\nfn adds() { let a = f(); assert_eq!(a, 1); }\n'],
    [
      'a_test.go',
      'package a\nfunc TestAdds(t *testing.T) {\n\tif f() != 1 {\n\t\tt.Error(1)\n\t}\n}\n',
    ],
  ])('is surely reached in %s: %s', async (file, text) => {
    expect((await changed(file, text))[1]).toBe('surely')
  })

  it.each([
    ['a.test.js', "test('adds', () => { if (r) expect(r).toBe(1) })"],
    ['a.test.js', "test('adds', () => { r && expect(r).toBe(1) })"],
    ['a.test.js', "test('adds', () => { if (!r) return; expect(r).toBe(1) })"],
    ['a.test.js', "test('adds', () => { list.forEach(r => expect(r).toBe(1)) })"],
    ['a.test.js', "test('adds', () => { f().then(r => { expect(r).toBe(1) }) })"],
    ['a.test.js', "test('adds', () => { try { f() } catch (e) { expect(e).toBe(1) } })"],
    ['a.test.js', "test('adds', t => { t.test('more', () => { expect(1).toBe(1) }) })"],
    ['test_a.py', 'def test_adds():\n    for r in f():\n        assert r == 1\n'],
    ['test_a.py', 'def test_adds():\n    pytest.skip()\n    assert f() == 1\n'],
    ['a_spec.rb', "it 'adds' do\n  f.each { |r| expect(r).to eq(1) }\nend\n"],
    ['a_spec.rb', "it 'adds' do\n  expect(f).to eq(1) if f\nend\n"],
    ['lib.rs', '#[test]\nfn adds() { if let Some(a) = f() { assert_eq!(a, 1); } }\n'],
    [
      'a_test.go',
      'package a\nfunc TestAdds(t *testing.T) {\n\tif a {\n\t\tif f() != 1 {\n\t\t\tt.Error(1)\n\t\t}\n\t}\n}\n',
    ],
  ])('is perhaps not reached in %s: %s', async (file, text) => {
    expect((await changed(file, text))[1]).toBe('perhaps')
  })
})
