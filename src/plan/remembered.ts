/**
 * The same function, which derives a value once for each object and remembers it as long as the object exists. Only for objects that do
 * not change, and for values that follow from the object alone.
 */
export function remembered<Key extends object, Value>(
  derive: (key: Key) => Value,
): (key: Key) => Value {
  const known = new WeakMap<Key, { value: Value }>()
  return key => {
    const found = known.get(key)
    if (found) return found.value
    const value = derive(key)
    known.set(key, { value })
    return value
  }
}

/** The same for a value that follows from two objects. Of the second ones, only the latest is remembered. */
export function rememberedPair<Key extends object, Other extends object, Value>(
  derive: (key: Key, other: Other) => Value,
): (key: Key, other: Other) => Value {
  const known = new WeakMap<Key, { other: Other; value: Value }>()
  return (key, other) => {
    const found = known.get(key)
    if (found?.other === other) return found.value
    const value = derive(key, other)
    known.set(key, { other, value })
    return value
  }
}
