/** JSON paths without searching or computing: `$.items[0].id`, `items.0.id`, `$['odd name']`. */

/** The value at a path; `undefined` if there is none. */
export function valueAt(json: unknown, path: string): unknown {
  const steps = stepsOf(path)
  if (steps === undefined) return undefined
  return steps.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    const next: unknown = Reflect.get(value, step)
    return next
  }, json)
}

/** Is the text a path of the supported form? */
export function isJsonPath(path: string): boolean {
  return stepsOf(path) !== undefined
}

function stepsOf(path: string): string[] | undefined {
  const text = path.trim().replace(/^\$/, '')
  const parts = [...text.matchAll(STEP)]
  const parsed = parts.map(([all]) => all).join('')
  if (parsed !== text) return undefined
  return parts.map(([, word, index, single, double]) => word ?? index ?? single ?? double ?? '')
}

const STEP = /\.?([\w$-]+)|\[(\d{1,9})\]|\['([^'\]]*)'\]|\["([^"\]]*)"\]/g
