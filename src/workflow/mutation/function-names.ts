/** The name without that of its class. */
export function shortName(name: string): string {
  return /[\w$]+$/.exec(name)?.[0] ?? name
}

/** Does a text mention the function, without the name of its class? */
export function isNamed(texts: readonly string[], name: string): boolean {
  const word = new RegExp(
    String.raw`(?<![\w$])${shortName(name).replaceAll('$', String.raw`\$`)}(?![\w$])`,
  )
  return texts.some(text => word.test(text))
}

/** Every word of a text that can be a name. */
export function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\w$]+/g))
}
