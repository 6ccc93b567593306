/**
 * Paths of the project as arguments of git. Without this, `[abc].test.js` would mean `a.test.js` too, and `:x.test.js` would be an error.
 */

/** For commands that take patterns, such as `log` and `status`. */
export function literalPath(file: string): string {
  return `:(literal)${file}`
}

/** For `check-ignore`, which takes paths but reads a colon at their beginning. */
export function plainPath(file: string): string {
  return file.startsWith(':') ? `./${file}` : file
}

/** The path of a file of this name in any folder. */
export function anywhere(name: string): string {
  return `:(glob)**/${name.replaceAll('\\', String.raw`\\`).replaceAll(/[*?[]/g, '[$&]')}`
}
