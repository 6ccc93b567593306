/**
 * Calls a recursive parser. `undefined` if the text is nested so deeply that it runs out of stack: anybody can write such a text, and no
 * honest file is one.
 */
export function withinStack<Value>(parse: () => Value): Value | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
