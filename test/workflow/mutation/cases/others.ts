import type { MutationCase } from '../../../kit/mutation-cases.ts'

interface Language {
  runner: string
  source: string
  test: string
  more?: Record<string, string>
  /** The whole test file, from the body of one test. */
  testText: (body: string) => string
  /** The whole source file. */
  sourceText?: (code: string) => string
}

function casesOf({
  runner,
  source,
  test,
  more = {},
  testText,
  sourceText = text => text,
}: Language) {
  return (name: string, code: string, body: string): MutationCase => ({
    name,
    runner,
    before: {},
    code: { [source]: `${sourceText(code)}\n` },
    test: { [test]: `${testText(body)}\n` },
    more,
  })
}

const python = casesOf({
  runner: 'pytest',
  source: 'a.py',
  test: 'test_a.py',
  testText: body => `import pytest\nimport a\n\n\ndef test_works():\n    ${body}`,
})
const go = casesOf({
  runner: 'go test',
  source: 'a.go',
  test: 'a_test.go',
  more: { 'go.mod': 'module example.com/a\n\ngo 1.20\n' },
  sourceText: code => `package a\n\n${code}`,
  testText: body => `package a\n\nimport "testing"\n\nfunc TestWorks(t *testing.T) {\n\t${body}\n}`,
})
const ruby = casesOf({
  runner: 'minitest',
  source: 'lib/a.rb',
  test: 'test/a_test.rb',
  testText: body =>
    `require 'minitest/autorun'\nrequire_relative '../lib/a'\nclass ATest < Minitest::Test\n  def test_works\n    ${body}\n  end\nend`,
})
const rspec = casesOf({
  runner: 'rspec',
  source: 'lib/a.rb',
  test: 'spec/a_spec.rb',
  testText: body =>
    `require_relative '../lib/a'\nRSpec.describe 'a' do\n  it 'works' do\n    ${body}\n  end\nend`,
})
const php = casesOf({
  runner: 'phpunit',
  source: 'src/a.php',
  test: 'tests/ATest.php',
  more: { 'phpunit.xml': '<phpunit bootstrap="src/a.php"></phpunit>\n' },
  sourceText: code => `<?php\n${code}`,
  testText: body =>
    `<?php\nuse PHPUnit\\Framework\\TestCase;\nfinal class ATest extends TestCase\n{\n    public function testWorks(): void\n    {\n        ${body}\n    }\n}`,
})
const rust = casesOf({
  runner: 'cargo test',
  source: 'src/lib.rs',
  test: 'tests/works.rs',
  more: { 'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n' },
  testText: body => `#[test]\nfn works() {\n    ${body}\n}`,
})

export const vacuousOthers: [MutationCase, names: RegExp][] = [
  [
    python(
      'only the kind of a number',
      'def total(items):\n    result = 0\n    for item in items:\n        result += item\n    return result',
      'assert isinstance(a.total([1]), int)',
    ),
    /`total`/,
  ],
  [
    ruby(
      'only the kind of a value',
      'module A\n  def self.second(list)\n    list[1]\n  end\nend',
      "assert_kind_of String, A.second(['a', 'b'])",
    ),
    /second/,
  ],
  [
    php(
      'only the kind of a value',
      'function second(array $list) {\n    return $list[1];\n}',
      "$this->assertIsString(second(['a', 'b']));",
    ),
    /`second`/,
  ],

  [
    python(
      'that a typed value is not the argument',
      'def slug(title: str) -> str:\n    return title[:1]',
      "assert a.slug('A b') == a.slug('A c')",
    ),
    /`slug`/,
  ],
  [
    python(
      'that a typed value, which is the first one, is not the argument',
      'def slug(title: str) -> str:\n    return ""',
      "assert a.slug('A b') == a.slug('A c')",
    ),
    /`slug`/,
  ],
  [
    go(
      'that a value is not the argument',
      'func Slug(title string) string {\n\treturn title[:1]\n}',
      'if Slug("A b") != Slug("A c") {\n\t\tt.Fatal("differs")\n\t}',
    ),
    /`Slug`/,
  ],
  [
    python(
      'only the kind, with a guard clause',
      'def slug(title: str) -> str:\n    if not isinstance(title, str):\n        raise TypeError("title")\n    return "x"',
      'assert isinstance(a.slug("A b"), str)',
    ),
    /`slug`/,
  ],
  [
    go(
      'no error, with a guard clause',
      'import "errors"\n\nfunc Parse(text string) (int, error) {\n\tif text == "" {\n\t\treturn 0, errors.New("empty")\n\t}\n\treturn 0, nil\n}',
      'if _, err := Parse("12"); err != nil {\n\t\tt.Fatal(err)\n\t}',
    ),
    /`Parse`/,
  ],
  [
    rust(
      'no error, with a guard clause',
      'pub fn parse(text: &str) -> Result<i32, String> {\n    if text.is_empty() {\n        return Err("empty".to_string());\n    }\n    Ok(0)\n}',
      'assert!(a::parse("12").is_ok());',
    ),
    /`parse`/,
  ],

  [
    python(
      'the text of its code',
      'def size(items):\n    return len(items)',
      'assert "def size(items):\\n    return len(items)" in open("a.py").read()',
    ),
    /`size`/,
  ],
  [
    go(
      'the text of its code',
      'import "os"\n\nvar Read = os.ReadFile\n\nfunc Size(items []int) int {\n\treturn len(items)\n}',
      'text, _ := Read("a.go")\n\tif !contains(string(text), "int {\\n\\treturn len(items)") {\n\t\tt.Fatal("missing")\n\t}\n}\n\nfunc contains(text, part string) bool {\n\tfor i := 0; i+len(part) <= len(text); i++ {\n\t\tif text[i:i+len(part)] == part {\n\t\t\treturn true\n\t\t}\n\t}\n\treturn false',
    ),
    /`Size`/,
  ],
  [
    ruby(
      'the text of its code',
      'module A\n  def self.size(list)\n    list.length\n  end\nend',
      'assert_includes File.read("lib/a.rb"), "size(list)\\n    list.length"',
    ),
    /size`/,
  ],
  [
    python('callable', 'def size(items):\n    return len(items)', 'assert callable(a.size)'),
    /`size`/,
  ],
  [
    python(
      'any result',
      'def total(items):\n    return sum(items)',
      'assert a.total([1]) is not None',
    ),
    /`total`/,
  ],
  [
    python(
      'an attribute',
      'class Cart:\n    def total(self):\n        return 12',
      "assert hasattr(a.Cart(), 'total')",
    ),
    /`Cart\.total`/,
  ],
  [python('an empty function', 'def save():\n    pass', 'assert callable(a.save)'), /`save`/],
  [
    python(
      'its own mock',
      'def load(id):\n    return {"id": id}',
      'from unittest.mock import patch\n    with patch("a.load", return_value=3):\n        assert a.load(1) == 3',
    ),
    /`load`/,
  ],
  [
    go(
      'not nil',
      'func Size(items []int) int {\n\treturn len(items)\n}',
      'f := Size\n\tif f == nil {\n\t\tt.Fatal("missing")\n\t}',
    ),
    /`Size`/,
  ],
  [
    go('a call', 'func Slug(title string) string {\n\treturn title + "-x"\n}', '_ = Slug("a")'),
    /`Slug`/,
  ],
  [
    go(
      'compared with itself',
      'func Add(a, b int) int {\n\treturn a + b\n}',
      'if Add(1, 2) != Add(1, 2) {\n\t\tt.Fatal("differs")\n\t}',
    ),
    /`Add`/,
  ],
  [
    ruby(
      'respond_to',
      'module A\n  def self.size(list)\n    list.length\n  end\nend',
      'assert_respond_to A, :size',
    ),
    /size`/,
  ],
  [
    ruby(
      'any result',
      'module A\n  def self.total(list)\n    list.sum\n  end\nend',
      'refute_nil A.total([1])',
    ),
    /total`/,
  ],
  [
    ruby(
      'an object of the class',
      'class Cart\n  def total\n    12\n  end\nend',
      'assert_instance_of Cart, Cart.new',
    ),
    /total`/,
  ],
  [
    rspec(
      'respond_to',
      'module A\n  def self.slug(text)\n    text.downcase\n  end\nend',
      'expect(A).to respond_to(:slug)',
    ),
    /slug`/,
  ],
  [
    rspec(
      'its own mock',
      'class Mail\n  def send_now(to)\n    "sent to #{to}"\n  end\nend',
      'mail = Mail.new\n    allow(mail).to receive(:send_now).and_return(1)\n    expect(mail.send_now("x")).to eq(1)',
    ),
    /send_now`/,
  ],
  [
    php(
      'function_exists',
      'function size(array $items): int\n{\n    return count($items);\n}',
      '$this->assertTrue(function_exists("size"));',
    ),
    /`size`/,
  ],
  [
    php(
      'method_exists',
      'class Cart\n{\n    public function total(): int\n    {\n        return 12;\n    }\n}',
      '$this->assertTrue(method_exists(new Cart(), "total"));',
    ),
    /total`/,
  ],
  [
    php(
      'an instance',
      'class Queue\n{\n    public function push(int $x): int\n    {\n        return $x + 1;\n    }\n}',
      '$this->assertInstanceOf(Queue::class, new Queue());',
    ),
    /push`/,
  ],
  [
    rust(
      'a call',
      'pub fn size(items: &[i32]) -> usize {\n    items.len() + 1\n}',
      'let _ = a::size(&[1]);',
    ),
    /`size`/,
  ],
  [
    rust(
      'compared with itself',
      'pub fn add(a: i32, b: i32) -> i32 {\n    a + b\n}',
      'assert_eq!(a::add(1, 2), a::add(1, 2));',
    ),
    /`add`/,
  ],
  [
    rust(
      'some value',
      'pub fn first(items: &[i32]) -> Option<i32> {\n    items.first().copied()\n}',
      'let found = a::first(&[1]);\n    assert!(found.is_some() || found.is_none());',
    ),
    /`first`/,
  ],
]

export const honestOthers: MutationCase[] = [
  python(
    'zero of an unknown kind',
    'def last(items):\n    return items[-1] if items else 0',
    'assert a.last([]) == 0',
  ),

  python(
    'the argument of a known kind',
    'def plain(text: str) -> str:\n    return text.strip("-")',
    "assert a.plain('ab') == 'ab'",
  ),
  python('a result', 'def size(items):\n    return len(items)', 'assert a.size([1, 2]) == 2'),
  python(
    'an empty list',
    'def open_tasks(tasks):\n    return [task for task in tasks if not task["done"]]',
    'assert a.open_tasks([{"done": True}]) == []',
  ),
  python(
    'None',
    'def find(items, key):\n    return items.get(key)',
    'assert a.find({}, "x") is None',
  ),
  python(
    'an error',
    'def parse(text):\n    if not text:\n        raise ValueError("empty")\n    return text.split(",")',
    'with pytest.raises(ValueError):\n        a.parse("")',
  ),
  python(
    'a class',
    'class Stack:\n    def __init__(self):\n        self.items = []\n\n    @property\n    def size(self):\n        return len(self.items)',
    'assert a.Stack().size == 0',
  ),
  python('a constant', 'LIMIT = 30', 'assert a.LIMIT == 30'),
  python(
    'a data class',
    'from dataclasses import dataclass\n\n\n@dataclass\nclass Point:\n    x: int = 0\n    y: int = 0',
    'assert a.Point(1) == a.Point(1, 0)',
  ),
  python(
    'a generator',
    'def count(n):\n    for i in range(n):\n        yield i',
    'assert list(a.count(3)) == [0, 1, 2]',
  ),
  python('False', 'def is_open(hour):\n    return 8 < hour < 18', 'assert not a.is_open(20)'),
  go(
    'a result',
    'func Size(items []int) int {\n\treturn len(items)\n}',
    'if Size([]int{1}) != 1 {\n\t\tt.Fatal("size")\n\t}',
  ),
  go(
    'zero',
    'func Size(items []int) int {\n\treturn len(items)\n}',
    'if Size(nil) != 0 {\n\t\tt.Fatal("size")\n\t}',
  ),
  go(
    'an error',
    'import "errors"\n\nfunc Parse(text string) (string, error) {\n\tif text == "" {\n\t\treturn "", errors.New("empty")\n\t}\n\treturn text, nil\n}',
    'if _, err := Parse(""); err == nil {\n\t\tt.Fatal("no error")\n\t}',
  ),
  go(
    'a value and no error',
    'import "strconv"\n\nfunc Parse(text string) (int, error) {\n\treturn strconv.Atoi(text)\n}',
    'if n, err := Parse("0"); err != nil || n != 0 {\n\t\tt.Fatal(n, err)\n\t}',
  ),
  go(
    'no error',
    'import "errors"\n\nfunc Check(age int) error {\n\tif age < 0 {\n\t\treturn errors.New("negative")\n\t}\n\treturn nil\n}',
    'if err := Check(3); err != nil {\n\t\tt.Fatal(err)\n\t}',
  ),
  go(
    'a method',
    'type Stack struct{ items []int }\n\nfunc (s *Stack) Push(x int) {\n\ts.items = append(s.items, x)\n}\n\nfunc (s *Stack) Size() int {\n\treturn len(s.items)\n}',
    's := &Stack{}\n\ts.Push(1)\n\tif s.Size() != 1 {\n\t\tt.Fatal("size")\n\t}',
  ),
  ruby(
    'a result',
    'module A\n  def self.size(list)\n    list.length\n  end\nend',
    'assert_equal 2, A.size([1, 2])',
  ),
  ruby(
    'nil',
    'module A\n  def self.find(list, id)\n    list.find { |one| one == id }\n  end\nend',
    'assert_nil A.find([1], 2)',
  ),
  ruby(
    'an error',
    'module A\n  def self.parse(text)\n    raise ArgumentError, "empty" if text.empty?\n    text.split(",")\n  end\nend',
    'assert_raises(ArgumentError) { A.parse("") }',
  ),
  ruby(
    'a struct',
    'Point = Struct.new(:x, :y) do\n  def sum\n    x + y\n  end\nend',
    'assert_equal 3, Point.new(1, 2).sum',
  ),
  rspec(
    'a result',
    'class Cart\n  def initialize\n    @items = []\n  end\n\n  def add(price)\n    @items << price\n    self\n  end\n\n  def total\n    @items.sum\n  end\nend',
    'expect(Cart.new.add(2).add(3).total).to eq(5)',
  ),
  rspec(
    'an empty list',
    'class Cart\n  attr_reader :items\n\n  def initialize\n    @items = []\n  end\nend',
    'expect(Cart.new.items).to be_empty',
  ),
  php(
    'a result',
    'function size(array $items): int\n{\n    return count($items);\n}',
    '$this->assertSame(2, size([1, 2]));',
  ),
  php(
    'an exception',
    'function parse(string $text): array\n{\n    if ($text === "") {\n        throw new InvalidArgumentException("empty");\n    }\n    return explode(",", $text);\n}',
    '$this->expectException(InvalidArgumentException::class);\n        parse("");',
  ),
  php(
    'a class',
    'class Stack\n{\n    private array $items = [];\n    public function push(int $x): void\n    {\n        $this->items[] = $x;\n    }\n    public function size(): int\n    {\n        return count($this->items);\n    }\n}',
    '$stack = new Stack();\n        $stack->push(1);\n        $this->assertSame(1, $stack->size());',
  ),
  rust(
    'a result',
    'pub fn size(items: &[i32]) -> usize {\n    items.len()\n}',
    'assert_eq!(a::size(&[1, 2]), 2);',
  ),
  rust(
    'nothing',
    'pub fn first(items: &[i32]) -> Option<i32> {\n    items.first().copied()\n}',
    'assert_eq!(a::first(&[]), None);',
  ),
  rust(
    'an error',
    'pub fn parse(text: &str) -> Result<i32, String> {\n    text.parse().map_err(|_| format!("bad {text}"))\n}',
    'assert!(a::parse("x").is_err());',
  ),
]
