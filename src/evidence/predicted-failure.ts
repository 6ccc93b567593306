/** Do the messages of failed tests say what a plan predicted? Case, quotation marks and spaces do not matter. */
export function isPredicted(prediction: string, messages: readonly string[]): boolean {
  const expected = plain(prediction)
  const words = wordsIn(expected)
  return messages.map(plain).some(message => {
    if (expected !== '' && message.includes(expected)) return true
    // A runner may put a path or a name between the words of the prediction.
    const found = new Set(wordsIn(message))
    return words.length > 1 && words.every(word => found.has(word))
  })
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/["'`“”‘’«»]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function wordsIn(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? []
  return words.filter(word => !FILLERS.has(word))
}

const FILLERS = new Set('a an the is was be of in to error'.split(' '))
