/**
 * The offset at which the nesting depth of a JSON text first satisfies `stops`, or `undefined`. It does not recurse, so no
 * text is nested too deeply for it.
 */
export function bracketAt(text: string, stops: (depth: number) => boolean): number | undefined {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (inString && sign === '\\') at += 1
    else if (sign === '"') inString = !inString
    else if (!inString && (sign === '{' || sign === '[')) depth += 1
    else if (!inString && (sign === '}' || sign === ']')) depth -= 1
    if (stops(depth)) return at
  }
  return undefined
}
