/** A line of output about a measured value. */
export interface Measured {
  text: string
  /** Whether the value meets the target in the same line; absent if the line does not have both as numbers. */
  met?: boolean
}

/** The lines of an output that state a measured value with its target, or a coverage. Each line is returned as printed. */
export function measuredLines(output: string): string[] {
  const lines = output.split('\n').map(line => line.trim())
  const measured = lines.filter(
    line => line.length <= MAX_LENGTH && MEASUREMENTS.some(pattern => pattern.test(line)),
  )
  return [...new Set(measured)].slice(0, MAX_LINES)
}

/** Compares the value in a line with its target. A target without a direction (at most, at least) decides nothing. */
export function measuredIn(text: string): Measured {
  const [, value, unit = '', sign = '', target, targetUnit = ''] = COMPARISON.exec(text) ?? []
  const isMet = COMPARATORS[sign.toLowerCase()]
  if (value === undefined || target === undefined || isMet === undefined) return { text }
  if (unit.toLowerCase() !== targetUnit.toLowerCase()) return { text }
  return { text, met: isMet(parseNumber(value), parseNumber(target)) }
}

/** Reads `1,200.5` as 1200.5. */
function parseNumber(digits: string): number {
  return Number(digits.replaceAll(',', ''))
}

const MAX_LENGTH = 160
const MAX_LINES = 10

const MEASUREMENTS: readonly RegExp[] = [
  /\d.*\b(target|threshold|goal)\b.*\d/i,
  /\bcoverage\b.*\d\s*%/i,
  // The last line of common coverage tables.
  /^(ℹ )?all files\s*\|.*\d/i,
  /^TOTAL\s.*\d%$/,
]

const COMPARISON =
  /(?<![\w.,])(\d[\d,]*(?:\.\d+)?) ?(%|[a-zµ]+(?:\/[a-z]+)?)?(?![\w%]).*?\b(?:target|threshold|goal)\b[^\w<>≤≥]*(<=|>=|<|>|≤|≥|under|below|at most|at least|above|over)\s*(\d[\d,]*(?:\.\d+)?) ?(%|[a-zµ]+(?:\/[a-z]+)?)?/iu

const COMPARATORS: Record<string, ((value: number, target: number) => boolean) | undefined> = {
  '<': (value, target) => value < target,
  under: (value, target) => value < target,
  below: (value, target) => value < target,
  '<=': (value, target) => value <= target,
  '≤': (value, target) => value <= target,
  'at most': (value, target) => value <= target,
  '>': (value, target) => value > target,
  above: (value, target) => value > target,
  over: (value, target) => value > target,
  '>=': (value, target) => value >= target,
  '≥': (value, target) => value >= target,
  'at least': (value, target) => value >= target,
}
