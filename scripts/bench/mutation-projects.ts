/** A project whose task adds one file of about 100 lines. */
export interface MutationProject {
  runner: string
  /** The program that has to be on the search path. */
  program: string
  files: Record<string, string>
  source: string
  /** Text of the source at RED. */
  stub: string
  /** Text of the source, another one for each round. */
  code: (round: number) => string
  test: string
  /** Text of a test that asserts the results, and of one that asserts nothing about them. */
  tests: { good: string; weak: string }
}

const FUNCTIONS = Array.from({ length: 10 }, (_, at) => at)

/** Ten functions between a head and a foot. Each returns 75 for the prices 20 and 30 and the rate 2, whatever its number. */
const repeated = (text: (at: number) => string, head = '', foot = '') =>
  `${head}${FUNCTIONS.map(text).join('\n')}${foot}`

const javaScript = {
  source: 'src/prices.js',
  stub: '',
  code: (round: number) =>
    repeated(
      at => `export function price${at}(prices, rate) {
  let total = ${at}
  for (const price of prices) {
    if (price > 10) {
      total += price * 1
    }
  }
  const fee = 50 / rate
  return total + fee - ${at}
}`,
      `// ${round}\n`,
    ),
}

const imported = "import * as all from '../src/prices.js'\n"

const nodeTest = (body: (at: number) => string) =>
  repeated(
    at => `test('price ${at}', () => ${body(at)})`,
    `import test from 'node:test'\nimport assert from 'node:assert/strict'\n${imported}`,
    '\n',
  )

const vitest = (body: (at: number) => string) =>
  repeated(
    at => `test('price ${at}', () => ${body(at)})`,
    `import { expect, test } from 'vitest'\n${imported}`,
    '\n',
  )

const pytest = (body: (at: number) => string) =>
  repeated(at => `def test_price${at}():\n    ${body(at)}\n`, 'import prices\n\n\n')

const goTest = (body: (at: number) => string) =>
  repeated(
    at => `func TestPrice${at}(t *testing.T) {\n\t${body(at)}\n}`,
    'package prices\n\nimport "testing"\n\n',
    '\n',
  )

const minitest = (body: (at: number) => string) =>
  repeated(
    at => `  def test_price${at}\n    ${body(at)}\n  end`,
    "require 'minitest/autorun'\nrequire_relative '../lib/prices'\nclass PricesTest < Minitest::Test\n",
    '\nend\n',
  )

const phpunit = (body: (at: number) => string) =>
  repeated(
    at => `    public function testPrice${at}(): void\n    {\n        ${body(at)}\n    }`,
    "<?php\nuse PHPUnit\\Framework\\TestCase;\nrequire_once __DIR__ . '/../src/prices.php';\nfinal class PricesTest extends TestCase\n{\n",
    '\n}\n',
  )

const cargo = (body: (at: number) => string) =>
  repeated(at => `#[test]\nfn price${at}() {\n    ${body(at)}\n}`, '', '\n')

export const PROJECTS: MutationProject[] = [
  {
    ...javaScript,
    runner: 'node:test',
    program: 'node',
    files: { 'package.json': '{"type": "module", "scripts": {"test": "node --test"}}' },
    test: 'tests/prices.test.js',
    tests: {
      good: nodeTest(at => `assert.equal(all.price${at}([20, 30], 2), 75)`),
      weak: nodeTest(at => `assert.equal(typeof all.price${at}, 'function')`),
    },
  },
  {
    ...javaScript,
    runner: 'vitest',
    program: 'node',
    files: { 'package.json': '{"type": "module", "scripts": {"test": "vitest run"}}' },
    test: 'tests/prices.test.js',
    tests: {
      good: vitest(at => `expect(all.price${at}([20, 30], 2)).toBe(75)`),
      weak: vitest(at => `expect(all.price${at}).toBeTypeOf('function')`),
    },
  },
  {
    runner: 'pytest',
    program: 'pytest',
    files: { 'pytest.ini': '[pytest]\npythonpath = .\n' },
    source: 'prices.py',
    stub: '',
    code: round =>
      repeated(
        at => `def price${at}(prices, rate):
    total = ${at}
    for price in prices:
        if price > 10:
            total += price * 1
    fee = 50 // rate
    total = total + fee
    return total - ${at}

`,
        `# ${round}\n`,
      ),
    test: 'test_prices.py',
    tests: {
      good: pytest(at => `assert prices.price${at}([20, 30], 2) == 75`),
      weak: pytest(at => `assert callable(prices.price${at})`),
    },
  },
  {
    runner: 'go test',
    program: 'go',
    files: { 'go.mod': 'module example.com/prices\n\ngo 1.19\n' },
    source: 'prices.go',
    stub: repeated(
      at => `func Price${at}(prices []int, rate int) int { panic("missing") }`,
      'package prices\n\n',
      '\n',
    ),
    code: round =>
      repeated(
        at => `func Price${at}(prices []int, rate int) int {
	total := ${at}
	for _, price := range prices {
		if price > 10 {
			total += price * 1
		}
	}
	fee := 50 / rate
	return total + fee - ${at}
}`,
        `package prices\n\n// ${round}\n`,
        '\n',
      ),
    test: 'prices_test.go',
    tests: {
      good: goTest(at => `if Price${at}([]int{20, 30}, 2) != 75 {\n\t\tt.Fatal("wrong")\n\t}`),
      weak: goTest(at => `Price${at}([]int{20, 30}, 2)`),
    },
  },
  {
    runner: 'minitest',
    program: 'ruby',
    files: { Rakefile: "require 'rake/testtask'\nRake::TestTask.new(:test)\n" },
    source: 'lib/prices.rb',
    stub: '',
    code: round =>
      repeated(
        at => `def price${at}(prices, rate)
  total = ${at}
  prices.each do |price|
    if price > 10
      total += price * 1
    end
  end
  fee = 50 / rate
  total + fee - ${at}
end`,
        `# ${round}\n`,
        '\n',
      ),
    test: 'test/prices_test.rb',
    tests: {
      good: minitest(at => `assert_equal 75, price${at}([20, 30], 2)`),
      weak: minitest(at => `assert Object.private_method_defined?(:price${at})`),
    },
  },
  {
    runner: 'phpunit',
    program: 'phpunit',
    files: { 'phpunit.xml': '<phpunit></phpunit>\n' },
    source: 'src/prices.php',
    stub: '<?php\n',
    code: round =>
      repeated(
        at => `function price${at}(array $prices, int $rate): int
{
    $total = ${at};
    foreach ($prices as $price) {
        if ($price > 10) {
            $total += $price * 1;
        }
    }
    return $total + intdiv(50, $rate) - ${at};
}`,
        `<?php\n// ${round}\n`,
        '\n',
      ),
    test: 'tests/PricesTest.php',
    tests: {
      good: phpunit(at => `$this->assertSame(75, price${at}([20, 30], 2));`),
      weak: phpunit(at => `$this->assertTrue(function_exists('price${at}'));`),
    },
  },
  {
    runner: 'cargo test',
    program: 'cargo',
    files: { 'Cargo.toml': '[package]\nname = "prices"\nversion = "0.1.0"\nedition = "2021"\n' },
    source: 'src/lib.rs',
    stub: repeated(at => `pub fn price${at}(_: &[i64], _: i64) -> i64 { todo!() }`, '', '\n'),
    code: round =>
      repeated(
        at => `pub fn price${at}(prices: &[i64], rate: i64) -> i64 {
    let mut total = ${at};
    for price in prices {
        if *price > 10 {
            total += *price * 1;
        }
    }
    let fee = 50 / rate;
    total + fee - ${at}
}`,
        `// ${round}\n`,
        '\n',
      ),
    test: 'tests/prices.rs',
    tests: {
      good: cargo(at => `assert_eq!(prices::price${at}(&[20, 30], 2), 75);`),
      weak: cargo(at => `prices::price${at}(&[20, 30], 2);`),
    },
  },
]
