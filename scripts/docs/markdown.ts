/** A Markdown table; vertical bars in cells are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

/** The notice at the top of a generated page. */
export function generatedFrom(source: string): string {
  return `Generated from ${source} by \`npm run docs\`. Do not edit it by hand.`
}
