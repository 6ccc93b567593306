/** The groups into which plans and folders divide tests, with the words for each. */
const GROUPS = [
  ['contract', /\bcontracts?\b/],
  ['integration', /\bintegration\b/],
  ['end-to-end', /\b(e2e|end-to-end)\b/],
  ['acceptance', /\bacceptance\b/],
  ['performance', /\b(performance|perf|load|stress|benchmarks?)\b/],
  ['unit', /\bunit\b/],
] as const

export type TestGroup = (typeof GROUPS)[number][0]

/** The group names in the order in which they are reported. */
export const testGroupNames: readonly TestGroup[] = GROUPS.map(([name]) => name)

/** The group of a test file by its path; `undefined` if the path names none. */
export function testGroupOfFile(file: string): TestGroup | undefined {
  return testGroupInText(file.replaceAll(/[_.]/g, ' '))
}

/** The group that a text mentions first. */
export function testGroupInText(text: string): TestGroup | undefined {
  const lower = text.toLowerCase()
  const found = GROUPS.map(([name, pattern]) => ({ name, at: lower.search(pattern) }))
  const [first] = found.filter(({ at }) => at >= 0).toSorted((a, b) => a.at - b.at)
  return first?.name
}
