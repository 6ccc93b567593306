/** A line that a program printed about something it measured. */
export interface Measured {
  text: string
  /** Its own target, and whether the value keeps it; absent where the line does not say both in figures. */
  met?: boolean
}

/** The lines of an output that tell a measured value with its target, or a coverage; word for word, without escape codes. */
export function measuredLines(output: string): string[] {
  const lines = output.split('\n').map(line => line.trim())
  const parsedTest = lines.filter(
    line => line.length <= LONGEST && TELLING.some(one => one.test(line)),
  )
  return [...new Set(parsedTest)].slice(0, MOST)
}

/** The line with what it says about its target. Nothing is concluded from a target without a direction. */
export function measuredIn(text: string): Measured {
  const [, value, unit = '', sign = '', target, targetUnit = ''] = COMPARISON.exec(text) ?? []
  const direction = DIRECTIONS[sign.toLowerCase()]
  if (value === undefined || target === undefined || direction === undefined) return { text }
  if (unit.toLowerCase() !== targetUnit.toLowerCase()) return { text }
  return { text, met: direction(figure(value), figure(target)) }
}

function figure(digits: string): number {
  return Number(digits.replaceAll(',', ''))
}

const LONGEST = 160
const MOST = 10

const TELLING: readonly RegExp[] = [
  /\d.*\b(target|threshold|goal)\b.*\d/i,
  /\bcoverage\b.*\d\s*%/i,
  // The last line of the usual tables of coverage.
  /^(ℹ )?all files\s*\|.*\d/i,
  /^TOTAL\s.*\d%$/,
]

const COMPARISON =
  /(?<![\w.,])(\d[\d,]*(?:\.\d+)?) ?(%|[a-zµ]+(?:\/[a-z]+)?)?(?![\w%]).*?\b(?:target|threshold|goal)\b[^\w<>≤≥]*(<=|>=|<|>|≤|≥|under|below|at most|at least|above|over)\s*(\d[\d,]*(?:\.\d+)?) ?(%|[a-zµ]+(?:\/[a-z]+)?)?/iu

const DIRECTIONS: Record<string, ((value: number, target: number) => boolean) | undefined> = {
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
