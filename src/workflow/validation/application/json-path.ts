/** A JSON path without anything that searches or computes: `$.items[0].id`, `items.0.id`, `$['odd name']`. */

/** What stands at a path of a JSON value; `undefined` where nothing does. */
export function valueAt(json: unknown, path: string): unknown {
  const steps = stepsOf(path)
  if (steps === undefined) return undefined
  return steps.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    const next: unknown = Reflect.get(value, step)
    return next
  }, json)
}

/** Is it a path that can be followed? */
export function isJsonPath(path: string): boolean {
  return stepsOf(path) !== undefined
}

function stepsOf(path: string): string[] | undefined {
  const text = path.trim().replace(/^\$/, '')
  const parts = [...text.matchAll(STEP)]
  const read = parts.map(([all]) => all).join('')
  if (read !== text) return undefined
  return parts.map(([, word, index, single, double]) => word ?? index ?? single ?? double ?? '')
}

const STEP = /\.?([\w$-]+)|\[(\d{1,9})\]|\['([^'\]]*)'\]|\["([^"\]]*)"\]/g
