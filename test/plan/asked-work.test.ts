import { describe, expect, it } from 'vitest'
import { filesToRemove, mayExistAlready, onlyInspects } from '../../src/plan/asked-work.ts'

const A = 'docs/a.md'
const B = 'docs/b.md'

describe('files to remove', () => {
  it.each([
    ['Remove docs/a.md', [A]],
    ['Remove the deprecated `docs/a.md`', [A]],
    ['Delete docs/a.md and docs/b.md', [A, B]],
    ['Update docs/b.md and delete docs/a.md', [A]],
    ['Drop docs/a.md because nobody reads it', [A]],
    ['Retire docs/a.md, docs/b.md', [A, B]],
    ['Rename docs/a.md to docs/b.md', [A]],
    ['Move docs/a.md into docs/b.md', [A]],
    ['Remove the badge from docs/a.md', []],
    ['Remove stale links in docs/a.md and docs/b.md', []],
    ['Remove docs/a.md links from docs/b.md', []],
    ['Delete the section about docs/a.md', []],
    ['Remove what docs/a.md says twice', []],
    ['Replace docs/a.md with docs/b.md', []],
    ['Update docs/a.md', []],
    ['Rename the heading of docs/a.md', []],
  ])('%s', (title, files) => {
    expect(filesToRemove(title, [A, B])).toEqual(files)
  })
})

describe('a file that may exist already', () => {
  it.each([
    ['Create docs/a.md', true],
    ['Create docs/a.md if it does not exist', true],
    ['Add docs/a.md if missing', true],
    ['Add docs/a.md unless it already exists', true],
    ['Initialize the project with docs/a.md', false],
    ['Set up docs/a.md for the team', true],
    ['Create a table of commands in docs/a.md', false],
    ['Create docs/a.md entries', false],
    ['Add docs/a.md', false],
    ['Update docs/a.md', false],
    ['Write docs/a.md', false],
    ['Create docs/b.md and update docs/a.md', false],
  ])('%s: %s', (title, expected) => {
    expect(mayExistAlready(title, A)).toBe(expected)
  })
})

it.each([
  ['Run the linter', true],
  ['Verify docs/a.md', true],
  ['Update docs/a.md and run the linter', false],
  ['Runbook in docs/a.md', false],
])('%s: only inspects %s', (title, expected) => {
  expect(onlyInspects(title)).toBe(expected)
})
