import type { Part, World } from './world.ts'

/** What an assistant may have written into the source file of a task. */
export const codes = {
  right: (name: string) => `export const ${name} = () => '${name}'\n`,
  wrong: (name: string) => `export const ${name} = () => 'something else'\n`,
  stub: (name: string) => `export const ${name} = () => undefined\n`,
  broken: (name: string) => `export const ${name} = (\n`,
} as const

/** What an assistant may have written into the test file of a task. */
export const tests = {
  right: (name: string) => testOf(name, `assert.equal(${name}(), '${name}')`),
  mistaken: (name: string) => testOf(name, `assert.equal(${name}(), '${name}s')`),
  vacuous: (name: string) => testOf(name, `assert.ok(true)`),
  broken: (name: string) => testOf(name, `assert.equal(`),
  renamed: (name: string) =>
    testOf(name, `assert.equal(${name}(), '${name}')`, `${name} by its name`),
} as const

function testOf(name: string, expectation: string, title = name): string {
  return [
    `import test from 'node:test'`,
    `import assert from 'node:assert/strict'`,
    `import { ${name} } from '../src/${name}.js'`,
    `test('answers ${title}', () => {`,
    `  ${expectation}`,
    `})\n`,
  ].join('\n')
}

export const sourceOf = ({ name }: Part) => `src/${name}.js`
export const testFileOf = ({ name }: Part) => `tests/${name}.test.js`
export const documentOf = ({ name }: Part) => `docs/${name}.md`

export function writeCode(world: World, part: Part, text: keyof typeof codes): void {
  if (part.kind === 'check') world.write(documentOf(part), `# The ${part.name}\n\n${text}\n`)
  else world.write(sourceOf(part), codes[text](part.name))
}

export function writeTest(world: World, part: Part, text: keyof typeof tests): void {
  world.write(testFileOf(part), tests[text](part.name))
}
