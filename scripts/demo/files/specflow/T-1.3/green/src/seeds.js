/** The seeds of a text with one `name, first, last` a line. */
export function seedsFrom(text) {
  return text.split(/\r?\n/).flatMap((line, at) => {
    const entry = line.trim()
    return entry === '' || entry.startsWith('#') ? [] : [seedFrom(entry, at + 1)]
  })
}

function seedFrom(entry, line) {
  const [name, first, last] = entry.split(',').map(part => part.trim())
  const seed = { name, first: Number(first), last: Number(last) }
  if (name && isMonth(seed.first) && isMonth(seed.last)) return seed
  throw new Error(`Line ${line} is "${entry}". Expected "name, first month, last month".`)
}

function isMonth(number) {
  return Number.isInteger(number) && number >= 1 && number <= 12
}
