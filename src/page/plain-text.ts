/** A text that is not Markdown, such as JSON. */
export function renderPlain(source: string): string {
  const escaped = source.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<pre><code>${escaped}</code></pre>`
}
