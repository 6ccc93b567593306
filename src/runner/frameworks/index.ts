import type { Framework, PackageView } from '../framework.ts'
import { nodeTest } from './node-test.ts'
import { vitest } from './vitest.ts'

/** Every test runner that is understood test by test, in the order in which they are looked for. */
export const frameworks: Framework[] = [vitest, nodeTest]

export interface Detected {
  framework: Framework
  /** What speaks for it, as a phrase. */
  because: string
}

export interface Hints {
  /** A framework's name from the settings; it wins. */
  prefer?: string
  /** Text of the test file: what it imports says more than what the package depends on. */
  testContent?: string
}

/** The framework that a package's tests (or one of its test files) are written for. */
export function detectFramework(view: PackageView, hints: Hints = {}): Detected | undefined {
  if (hints.prefer !== undefined) {
    const framework = frameworks.find(({ name }) => name === hints.prefer)
    return framework && { framework, because: 'the settings' }
  }
  return fromContent(hints.testContent ?? '') ?? fromPackage(view)
}

function fromContent(content: string): Detected | undefined {
  const framework = frameworks.find(({ name }) => IMPORTS[name]?.test(content))
  return framework && { framework, because: `the import of ${framework.name} in the test file` }
}

function fromPackage(view: PackageView): Detected | undefined {
  for (const framework of frameworks) {
    const because = framework.detect(view)
    if (because !== undefined) return { framework, because }
  }
  return undefined
}

const IMPORTS: Record<string, RegExp> = {
  vitest: /\b(?:from|import|require\()\s*['"]vitest['"]/,
  'node:test': /\b(?:from|import|require\()\s*['"]node:test['"]/,
}
