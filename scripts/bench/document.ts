import { readFileSync, writeFileSync } from 'node:fs'

const DOCUMENT = 'docs/performance.md'

/** Replaces the tables of docs/performance.md that stand between `<!-- measured: NAME -->` and `<!-- end -->`. */
export function replaceTables(tables: Record<string, string[]>): void {
  let text = readFileSync(DOCUMENT, 'utf8')
  for (const [name, table] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- measured: ${name} -->\n)[^]*?(<!-- end -->)`)
    if (!place.test(text)) throw new Error(`${DOCUMENT} has no place for the table ${name}.`)
    text = text.replace(
      place,
      (_, start: string, end: string) => `${start}\n${table.join('\n')}\n\n${end}`,
    )
  }
  writeFileSync(DOCUMENT, text)
}
