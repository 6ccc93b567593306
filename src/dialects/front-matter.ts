/** Three dashes in a later line close it. With boxes between them and no key, the dashes are rules. */
export function hasFrontMatter(lines: readonly string[]): boolean {
  const end = lines.findIndex((text, index) => index > 0 && FRONT_MATTER.test(text))
  const inside = lines.slice(1, Math.max(1, end))
  const isPlan = inside.some(text => BOX.test(text)) && !inside.some(text => KEY.test(text))
  return end > 0 && !isPlan
}

export const FRONT_MATTER = /^---[ \t]*$/
const KEY = /^[\w-]+:(?:\s|$)/
const BOX = /^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s/
