/** Ways to store the same text, by name. */
export const LINE_ENDINGS: Record<string, (text: string) => string> = {
  LF: text => text,
  CRLF: text => text.replaceAll('\n', '\r\n'),
  'a byte order mark': text => `\ufeff${text}`,
  'a byte order mark and CRLF': text => `\ufeff${text.replaceAll('\n', '\r\n')}`,
  'no final newline': text => text.trimEnd(),
}

/** The same, with those that are also possible in Markdown. */
export const MARKDOWN_LINE_ENDINGS: typeof LINE_ENDINGS = {
  ...LINE_ENDINGS,
  CR: text => text.replaceAll('\n', '\r'),
  tabs: text => text.replaceAll(/^( {2})+/gm, spaces => '\t'.repeat(spaces.length / 2)),
}
