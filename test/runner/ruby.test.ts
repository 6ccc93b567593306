import { describe, expect, test } from 'vitest'
import { minitest } from '../../src/runner/frameworks/minitest.ts'
import { rspec } from '../../src/runner/frameworks/rspec.ts'
import { isOnPath } from '../../src/runner/program.ts'
import { projectWith, runIn, told } from './project.ts'

const SPEC = 'spec/a_spec.rb'

describe.skipIf(!isOnPath('rspec'))('rspec', () => {
  const run = (body: string, more = {}) => runIn(projectWith({ [SPEC]: body }), rspec, [SPEC], more)

  test('tells expectations, errors, hooks and what is pending apart', async () => {
    const seen = await run(`RSpec.describe 'S' do
  it('expects') { expect(1).to eq(2) }
  it('raises') { nope }
  it('is to be written')
  2.times { it('dup') { expect(1).to eq(1) } }
  context 'with a hook' do
    before { raise 'boom' }
    it('x') { }
  end
end`)
    expect(told(seen)).toEqual([
      `${SPEC} > S > expects: failed (assertion)`,
      `${SPEC} > S > raises: failed (error)`,
      `${SPEC} > S > is to be written: skipped`,
      `${SPEC} > S > dup: passed`,
      `${SPEC} > S > dup #2: passed`,
      `${SPEC} > S > with a hook > x: errored (hook)`,
    ])
    expect(seen).toMatchObject({ end: 'complete', exitCode: 1 })
  })

  test('exit(0) in an example ends the run as if it were over, and is no pass', async () => {
    const seen = await run(`RSpec.describe('S') { it('x') { exit 0 }; it('y') { } }`)
    expect(seen).toMatchObject({ end: 'crashed', exitCode: 0 })
    expect(told(seen)).toEqual([`${SPEC} > S > x: errored (crash)`])
    const quit = await run(
      `RSpec.describe('S') { it('x') { RSpec.world.wants_to_quit = true }; it('y') { } }`,
    )
    expect(quit.end).toBe('crashed')
  })

  test('runs named examples alone, whatever characters their names have', async () => {
    const names = [`S > a+b (c) "d" 'e' \\ | #{f}`, 'S > -leading', 'S > über > all']
    const its = names.map(name => `  it(%q~${name.slice(4).replace('\\', '\\\\')}~) { }`).join('\n')
    const seen = await run(`RSpec.describe 'S' do\n${its}\n  it('other') { raise }\nend`, { names })
    expect(told(seen)).toEqual(names.map(name => `${SPEC} > ${name}: passed`))
    expect(seen.exitCode).toBe(0)
  })
})

describe.skipIf(!isOnPath('ruby'))('minitest', () => {
  test('tells assertions, errors and skips apart, and which file breaks', async () => {
    const root = projectWith({
      'test/a_test.rb': `require 'minitest/autorun'
class ATest < Minitest::Test
  def test_a; assert_equal 1, 2; end
  def test_b; nope; end
  def test_c; skip; end
end
describe 'spec' do
  it('works') { _(1).must_equal 1 }
end`,
      'test/b_test.rb': `require 'not_there_at_all'`,
    })
    const seen = await runIn(root, minitest)
    expect(told(seen).sort()).toEqual([
      'test/a_test.rb > ATest > test_a: failed (assertion)',
      'test/a_test.rb > ATest > test_b: failed (error)',
      'test/a_test.rb > ATest > test_c: skipped',
      'test/a_test.rb > spec > test_0001_works: passed',
    ])
    expect(seen.loadErrors).toMatchObject([{ file: 'test/b_test.rb' }])
    expect(seen).toMatchObject({ end: 'complete', exitCode: 1 })
  })
})
