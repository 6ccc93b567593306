/** Replaces tables in the text of a document; each stands between `<!-- measured: NAME -->` and `<!-- end -->`. */
export function withTables(text: string, tables: Record<string, readonly string[]>): string {
  let changed = text
  for (const [name, table] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- measured: ${name} -->\n)[^]*?(<!-- end -->)`)
    if (!place.test(changed)) throw new Error(`The document has no place for the table "${name}".`)
    changed = changed.replace(
      place,
      (_, start: string, end: string) => `${start}\n${table.join('\n')}\n\n${end}`,
    )
  }
  return changed
}
