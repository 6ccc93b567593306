/**
 * Counts the elements that are passed to callbacks of long lists, or that loops go over, while `work` runs. Tests of complexity count
 * work, because elapsed time depends on the load of the machine. A copy of a list is not counted.
 */
export async function countVisits(
  isCounted: (list: readonly unknown[]) => boolean,
  work: () => Promise<unknown>,
): Promise<number> {
  let visits = 0
  const restore = METHODS.map(name =>
    replaceMethod(name, (original, list, args) => {
      const callback = args[0]
      if (!isCounted(list) || typeof callback !== 'function')
        return Reflect.apply(original, list, args)
      const counting = (...args: unknown[]): unknown => {
        visits += 1
        return Reflect.apply(callback, undefined, args)
      }
      args[0] = counting
      return Reflect.apply(original, list, args)
    }),
  )
  restore.push(
    replaceMethod(Symbol.iterator, (original, list, args) => {
      if (isCounted(list)) visits += list.length
      return Reflect.apply(original, list, args)
    }),
  )
  try {
    await work()
  } finally {
    for (const one of restore) one()
  }
  return visits
}

const METHODS = [
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'some',
]

type Replacement = (original: Function, list: readonly unknown[], args: unknown[]) => unknown

function replaceMethod(name: string | symbol, replacement: Replacement): () => void {
  const original: unknown = Reflect.get(Array.prototype, name)
  if (typeof original !== 'function') throw new Error(`Lists have no ${String(name)}.`)
  Reflect.set(Array.prototype, name, function (this: readonly unknown[], ...args: unknown[]) {
    return replacement(original, this, args)
  })
  return () => void Reflect.set(Array.prototype, name, original)
}
