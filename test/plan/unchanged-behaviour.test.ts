import { describe, expect, test } from 'vitest'
import { filesNamedIn } from '../../src/dialects/task-list/files.ts'
import { kindOf } from '../../src/plan/kinds.ts'

function kind(title: string): string {
  return kindOf({ category: 'work', phase: '', title, files: filesNamedIn(title), ahead: false })
    .kind
}

describe('a title that asks for no new behaviour', () => {
  test.each([
    'Extract the ring buffer into queue/ring.go (refactor)',
    'Split the parser in two [refactoring]',
    'Move the rounding into a helper round2 in src/money.js without changing behaviour',
    'Make the loop iterative without changing the output',
    'Replace the list by a map (no functional changes)',
    'Behaviour-preserving split of src/app.ts',
    'Extract the ring buffer into queue/ring.go',
    'Move the rounding to src/round.js',
    'Extract the rounding from src/a.js into src/b.js',
    'Move the rounding into a helper',
    'Pull the retry loop out into its own function',
    'Reformat everything with rustfmt',
    'Format all files with prettier',
    'Format the code with black',
    'Reformat src/one.js using biome',
    'Clean up the formatting of src/one.js',
    'Fix the formatting in src/one.js',
    'Rename one to uno in all files',
    'Rename one to uno across the codebase',
    'Inline the helper foo',
    'Inline the `foo` helper',
    'Inline foo() in src/one.js',
    'Simplify the function parse',
    'Deduplicate the rounding in src/a.js and src/b.js',
    'Deduplicate the code in src/a.js',
    'Add JSDoc comments to src/one.js',
    'Add docstrings to src/one.py',
    'Add comments to src/one.js',
    'Remove the unused src/old.ts',
    'Delete the obsolete file src/legacy/parser.py',
    'Drop the unused `legacyTotal`',
    'Delete the dead function Lower in lower.go, and its tests',
    'Delete the function Lower, nothing uses it',
    'Remove src/old.ts, which is no longer used',
    'Remove the module src/mailer.rb (unused)',
    'Delete `formatOld()`; it is never called',
  ])('"%s" is a refactor', title => {
    expect(kind(title)).toBe('refactor')
  })

  test.each([
    'Add dependency zod',
    'Add the dependency `@scope/pkg`',
    'Add zod as a dependency',
    'Add a dependency on date-fns',
    'Remove dependency lodash',
    'Add JSDoc comments',
    'Verify that everything works',
    'Check that everything still works end to end',
    'Make sure everything builds',
    'Commit the changes',
    'Commit and push everything',
    'Fix the failing test in test/old.test.js',
    'Fix test/old.test.js',
    'Correct the wrong expectation in test/old.test.js',
  ])('"%s" is a check', title => {
    expect(kind(title)).toBe('check')
  })
})

describe('a word that also says what a program does', () => {
  test.each([
    'Format dates in the receipt',
    'Format prices with Intl',
    'Format all dates with the locale of the user',
    'Format code blocks in posts with prettier',
    'Format uploaded files with prettier when they are saved',
    'Fix the formatting of prices in src/price.js',
    'Rename files on upload',
    'Rename duplicates in all folders on import',
    'Rename photos to their date in all albums',
    'Simplify checkout by adding one-click pay',
    'Simplify the class schedule',
    'Simplify fractions in src/fractions.js',
    'Extract text from PDF',
    'Extract text from PDF into src/pdf.js',
    'Extract the text of an invoice',
    'Move the user to the archive',
    'Move the ball into a pocket',
    'Move done cards to archive.json',
    'Verify the signature',
    'Verify that everything works offline',
    'Check that everything in the cart is in stock',
    'Commit the transaction',
    'Commit changes to the database',
    'Commit the changes of a draft when the user leaves',
    'Add comments to posts',
    'Add comments to the post page in src/post.js',
    'Add a comment box to src/post.js',
    'Add dependency graph',
    'Add dependency arrows to the Gantt chart',
    'Add dependency injection',
    'Inline images in the newsletter',
    'Inline styles of the mail template',
    'Deduplicate contacts in src/contacts.js',
    'Deduplicate the contacts in src/contacts.js by email',
    'Implement the ring buffer (refactor later)',
    'Add one-click pay (refactor)',
    'Extract invoices (refactor) and send them by mail',
    'Add a discount without changing the behaviour of the cart',
    'Let guests rename a list without changing its output',
    'Fix the failing login',
    'Remove the unused src/old.ts and add a discount in src/new.ts',
    'Remove the unused src/old.ts, then charge the tax',
    'Remove the unused function old: sessions end after a day',
    'Remove src/old.ts',
    'Delete the function Lower',
    'Remove the unused file from the bucket',
    'Delete the class of a course that is no longer used',
    'Delete the voucher, which is no longer used',
    'Drop the unused seats of src/booking.ts when a show starts',
    'Fix test results page',
  ])('"%s" is a build', title => {
    expect(kind(title)).toBe('build')
  })

  test('a failing test without its file may show what the code lacks', () => {
    expect(kind('Fix the failing test')).toBe('build')
    expect(kind('Fix the failing tests')).toBe('build')
    expect(kind('Fix the failing test in test/old.test.js and src/old.js')).toBe('build')
  })

  test('tests that are written to fail are still tests before the code', () => {
    expect(kind('Add a failing test in test/new.test.js')).toBe('test')
    expect(kind('Write failing tests for the clock')).toBe('test')
  })
})
