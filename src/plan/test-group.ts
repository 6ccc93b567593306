/** The groups into which plans and folders divide tests, by the words that stand for each. */
const GROUPS = [
  ['contract', /\bcontracts?\b/],
  ['integration', /\bintegration\b/],
  ['end-to-end', /\b(e2e|end-to-end)\b/],
  ['acceptance', /\bacceptance\b/],
  ['performance', /\b(performance|perf|load|stress|benchmarks?)\b/],
  ['unit', /\bunit\b/],
] as const

export type TestGroup = (typeof GROUPS)[number][0]

/** Their names, in the order in which a reader expects them. */
export const testGroupNames: readonly TestGroup[] = GROUPS.map(([name]) => name)

/** The group that a test file belongs to, by its path; `undefined` where the path names none. */
export function testGroupOfFile(file: string): TestGroup | undefined {
  return testGroupInText(file.replaceAll(/[_.]/g, ' '))
}

/** The group that a text speaks of first. */
export function testGroupInText(text: string): TestGroup | undefined {
  const words = text.toLowerCase()
  const found = GROUPS.map(([name, pattern]) => ({ name, at: words.search(pattern) }))
  const [first] = found.filter(({ at }) => at >= 0).toSorted((a, b) => a.at - b.at)
  return first?.name
}
