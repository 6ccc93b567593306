/** A failure that a plan predicts: the words of a message, or prose about it. */
export interface Prediction {
  text: string
  /** The plan quotes the message. Otherwise only code in the text can be compared. */
  isQuoted: boolean
}

/** Was the predicted failure seen? `unclear`: prose that no message can be compared with. */
export type PredictionResult = 'yes' | 'no' | 'unclear'

/** Compares a prediction with the messages of failed tests. Case, quotation marks and spaces do not matter. */
export function comparePrediction(
  { text, isQuoted }: Prediction,
  messages: readonly string[],
): PredictionResult {
  const isSeen = messages.some(
    message => says(message, text) || (!isQuoted && means(message, text)),
  )
  if (isSeen) return 'yes'
  return isQuoted ? 'no' : 'unclear'
}

function says(message: string, prediction: string): boolean {
  const [found, expected] = [plain(message), plain(prediction)]
  if (expected !== '' && found.includes(expected)) return true
  // A runner may put a path or a name between the words of the prediction.
  const words = wordsIn(expected)
  const seen = new Set(wordsIn(found))
  return words.length > 1 && words.every(word => seen.has(word))
}

/** Prose such as "`Stack` has no attribute `size`", of which a message has the code, or "module not found". */
function means(message: string, prediction: string): boolean {
  return prediction.split(/[;；]/).some(clause => {
    const code = Array.from(clause.matchAll(/`([^`]+)`/g), ([, part = '']) => plain(part))
    if (code.length === 0) return NO_MODULE.test(clause) && NO_MODULE.test(message)
    const isMissing = MISSING.test(clause) && MISSING.test(message)
    return isMissing && code.every(part => plain(message).includes(part))
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

/** Something that the code does not have yet, in the words of plans and of test runners. */
const MISSING =
  /\b(?:can ?not|can't|could not|failed to|unable to) (?:find|resolve|import|load)|\bnot (?:found|defined|exported|implemented|a function|a constructor|exist)|\bno (?:such|attribute|module|method|exported|member)|\bhas no\b|\b(?:does|do)(?:n't| not) (?:yet )?(?:exist|have|provide|export)|\bundefined\b|\bunresolved\b|\bunknown\b|\bmissing\b|\b(?:Import|Name|Attribute|NoMethod|ModuleNotFound)Error\b/i

const NO_MODULE =
  /\b(?:can ?not|can't|could not|failed to|unable to) (?:find|resolve|import|load)\b|\b(?:module|file|package|import)s?\b.{0,40}\b(?:not (?:found|exist)|missing)|\bModuleNotFoundError\b|\bno module named\b|\bno such file\b|\bunresolved import\b|\bERR_MODULE_NOT_FOUND\b/i
