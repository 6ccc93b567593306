/** A configuration file that must not be changed; the message says why, with the line if there is one. */
export class Unusable extends Error {
  override name = 'Unusable'
}

/** The 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** The text without its byte order mark, and the mark. */
export function splitMark(text: string): { mark: string; body: string } {
  return text.startsWith('\uFEFF')
    ? { mark: '\uFEFF', body: text.slice(1) }
    : { mark: '', body: text }
}

/** The line ending that the text uses. */
export function lineEnding(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}
