import { minitest } from '../../../src/runner/frameworks/minitest.ts'
import { rspec } from '../../../src/runner/frameworks/rspec.ts'
import { PROBES } from './installed.ts'
import type { RunnerFixture } from './scenario.ts'

const spec = (body: string, mark = 'it') =>
  `RSpec.describe 'Sums' do\n  ${mark} 'adds' do\n    ${body}\n  end\nend\n`
const mini = (body: string) =>
  `require 'minitest/autorun'\nclass SumsTest < Minitest::Test\n  def test_adds\n    ${body}\n  end\nend\n`

export const ruby: RunnerFixture[] = [
  {
    framework: rspec,
    files: { '.rspec': '' },
    test: 'spec/it_spec.rb',
    id: 'spec/it_spec.rb > Sums > adds',
    tests: {
      fails: spec('expect(1 + 1).to eq(3)'),
      passes: spec('expect(1 + 1).to eq(2)'),
      broken: spec('expect(1 + ).to eq(3)'),
      empty: '\n',
      skipped: spec('expect(1 + 1).to eq(3)', 'xit'),
      hangs: spec('loop {}'),
      crashes: spec('exit!(0)'),
    },
    named: spec('expect(1).to eq(1)').replace(
      /end\n$/,
      `  it 'adds more' do\n    expect(1).to eq(2)\n  end\nend\n`,
    ),
    programs: ['rspec'],
  },
  {
    framework: minitest,
    files: {},
    test: 'test/it_test.rb',
    id: 'test/it_test.rb > SumsTest > test_adds',
    tests: {
      fails: mini('assert_equal 3, 1 + 1'),
      passes: mini('assert_equal 2, 1 + 1'),
      broken: mini('assert_equal 3, )'),
      empty: '\n',
      skipped: mini(`skip 'later'`),
      hangs: mini('loop {}'),
      crashes: mini('exit!(0)'),
    },
    named: mini('assert true').replace(/end\n$/, '  def test_adds_more\n    flunk\n  end\nend\n'),
    programs: ['ruby'],
    probes: [PROBES.minitest],
  },
]
