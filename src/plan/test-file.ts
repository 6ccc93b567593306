/** Is this path a test by the conventions of the common languages? A framework's own patterns know better. */
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
