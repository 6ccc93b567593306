import { describe, expect, test } from 'vitest'
import { minitest } from '../../../src/runner/frameworks/minitest.ts'
import { rspec } from '../../../src/runner/frameworks/rspec.ts'
import { isOnPath } from '../../../src/runner/program.ts'
import { PROBES, succeeds } from '../scenarios/installed.ts'
import { projectWith, runIn, resultLines } from '../project.ts'

const SPEC = 'spec/a_spec.rb'

describe.skipIf(!isOnPath('rspec'))('rspec', () => {
  const run = (body: string, more = {}) => runIn(projectWith({ [SPEC]: body }), rspec, [SPEC], more)

  test('distinguishes expectations, errors, hooks and pending examples', async () => {
    const result = await run(`RSpec.describe 'S' do
  it('expects') { expect(1).to eq(2) }
  it('raises') { nope }
  it('is to be written')
  2.times { it('dup') { expect(1).to eq(1) } }
  context 'with a hook' do
    before { raise 'boom' }
    it('x') { }
  end
end`)
    expect(resultLines(result)).toEqual([
      `${SPEC} > S > expects: failed (assertion)`,
      `${SPEC} > S > raises: failed (error)`,
      `${SPEC} > S > is to be written: skipped`,
      `${SPEC} > S > dup: passed`,
      `${SPEC} > S > dup #2: passed`,
      `${SPEC} > S > with a hook > x: errored (hook)`,
    ])
    expect(result).toMatchObject({ end: 'complete', exitCode: 1 })
  })

  test('exit(0) in an example is a crash, although RSpec ends normally', async () => {
    const result = await run(`RSpec.describe('S') { it('x') { exit 0 }; it('y') { } }`)
    expect(result).toMatchObject({ end: 'crashed', exitCode: 0 })
    expect(resultLines(result)).toEqual([`${SPEC} > S > x: errored (crash)`])
    const quit = await run(
      `RSpec.describe('S') { it('x') { RSpec.world.wants_to_quit = true }; it('y') { } }`,
    )
    expect(quit.end).toBe('crashed')
  })

  test('runs only the named examples, whatever characters their names contain', async () => {
    const names = [`S > a+b (c) "d" 'e' \\ | #{f}`, 'S > -leading', 'S > über > all']
    const its = names.map(name => `  it(%q~${name.slice(4).replace('\\', '\\\\')}~) { }`).join('\n')
    const result = await run(`RSpec.describe 'S' do\n${its}\n  it('other') { raise }\nend`, {
      names,
    })
    expect(resultLines(result)).toEqual(names.map(name => `${SPEC} > ${name}: passed`))
    expect(result.exitCode).toBe(0)
  })
})

describe.skipIf(!succeeds(PROBES.minitest))('minitest', () => {
  test('distinguishes assertions, errors and skipped tests, and names the file that cannot be loaded', async () => {
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
    const result = await runIn(root, minitest)
    expect(resultLines(result).sort()).toEqual([
      'test/a_test.rb > ATest > test_a: failed (assertion)',
      'test/a_test.rb > ATest > test_b: failed (error)',
      'test/a_test.rb > ATest > test_c: skipped',
      'test/a_test.rb > spec > test_0001_works: passed',
    ])
    expect(result.loadErrors).toMatchObject([{ file: 'test/b_test.rb' }])
    expect(result).toMatchObject({ end: 'complete', exitCode: 1 })
  })
})
