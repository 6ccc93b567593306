import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { withTables } from '../../scripts/bench/document.ts'

const TEXT = `Before

<!-- measured: start -->

| old |

<!-- end -->

<!-- measured: calls -->
<!-- end -->
`

it('replaces the table between its marks, and nothing else', () => {
  const changed = withTables(TEXT, { start: ['| new $1 |', '| --- |'] })
  expect(changed).toBe(TEXT.replace('| old |', () => '| new $1 |\n| --- |'))
})

it('fails if the document has no place for a table', () => {
  expect(() => withTables(TEXT, { other: [] })).toThrow('no place for the table "other"')
})

it('finds a place in docs/performance.md for every table of the comparison', () => {
  const document = readFileSync('docs/performance.md', 'utf8')
  const names = ['machine', 'start', 'calls', 'growth of the plan', 'growth of the ledger']
  const stores = ['machine of the stores', 'clients of a store', 'calls with a store']
  for (const name of [...names, ...stores, 'loop', 'many calls'])
    expect(() => withTables(document, { [name]: [] })).not.toThrow()
})
