import { describe, expect, it } from 'vitest'
import { namedFunctions } from '../../src/plan/named-functions.ts'

describe('the functions that a task names', () => {
  it.each([
    ['size in src/stack.js', ['size']],
    ['Implement slugify() in src/slug.ts', ['slugify']],
    ['Add `Stack.push(item)` to src/stack.js', ['push']],
    ['Add push to `lib/stack.rb`', ['push']],
    ['Write parse_line for logs', ['parse_line']],
    ['Implement Stock.remove in src/stock/stock.py', ['remove']],
    ['Add Stock#remove to lib/stock.rb', ['remove']],
    ['Add Stock::remove to src/Stock.php', ['remove']],
    ['Implement isOpen and nextSlot', ['isOpen', 'nextSlot']],
    ['Write the function total', ['total']],
    ['Write the total function', ['total']],
    ['Size in stack.go', ['Size']],
  ])('%s', (title, names) => {
    expect([...namedFunctions({ title })]).toEqual(names)
  })

  it.each([
    'Add a way to find users by name',
    'Load the list and save it',
    'Update src/parseLine.ts and tests/parse_line.test.ts',
    'Cart total with discounts',
    'Move the text of Readme.md to docs/usage.md',
    'Rename Stock.java in src/Stock.java',
  ])('none: %s', title => {
    expect([...namedFunctions({ title })]).toEqual([])
  })

  it.each([
    ['Retry uploads three times, waiting with `sleep()` between tries (src/upload.js)', []],
    ['Reject empty names in src/save.js and report them with `reportError`', ['names']],
    ['Sum the cart using addMoney() and `roundMoney`', []],
    ['Print the seconds from main()', []],
    ['Implement total() via the helper `addAll`', ['total']],
    ['Write `parse` by calling `split_lines`', ['parse']],
    ['Write parseAll instead of parseOne', ['parseAll']],
    ['Add retryUpload, which uses `sleep`', ['retryUpload']],
  ])('not what it only uses: %s', (title, names) => {
    expect([...namedFunctions({ title })]).toEqual(names)
  })

  it('also in its description', () => {
    expect([...namedFunctions({ title: 'Stack', description: 'It has `peek`.' })]).toEqual(['peek'])
  })

  it('takes linear time', () => {
    const texts = ['`a(', 'a in ', 'a.'.repeat(3), '/', 'a_', 'aA', 'with ', 'with `a, `b'].map(
      part => part.repeat(30_000),
    )
    for (const title of texts) expect(namedFunctions({ title }).size).toBeLessThan(3)
  })
})
