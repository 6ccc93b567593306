/** Is this path a test file by the conventions of common languages? If a framework has its own patterns, prefer those. */
export function isTestFile(path: string): boolean {
  return TEST_FILES.some(pattern => pattern.test(path))
}

const TEST_FILES: readonly RegExp[] = [
  /(^|\/)(tests?|spec|__tests__|e2e|[\w-]+[.-]tests?|[A-Z]\w*Tests?)\//,
  /(^|\/)(tests?|__tests__|e2e)\/?$/,
  /[._-](test|tests|spec|specs|e2e)\.\w+$/,
  /(^|\/)test_[^/]*\.\w+$/,
  /[a-z0-9](Tests?|Specs?|IT)\.\w+$/,
]
