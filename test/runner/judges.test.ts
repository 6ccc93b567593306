import { describe, expect, it } from 'vitest'
import { judgeParts, kindsOfKey, mayJudge } from '../../src/runner/judges.ts'

const contentOf = (file: string, text: string) =>
  judgeParts(file, text).map(({ key, content }) => [key, content])

describe('configuration that judges the work', () => {
  it('is what decides in .npmrc how a script runs, and nothing else of it', () => {
    expect(mayJudge('.npmrc')).toBe(true)
    expect(contentOf('.npmrc', 'registry=https://a/\nsave-exact=true\n')).toEqual([])
    expect(contentOf('app/.npmrc', 'registry=https://a/\n  script-shell = ./yes.sh\n')).toEqual([
      ['app/.npmrc#script', 'script-shell = ./yes.sh'],
    ])
    expect(kindsOfKey('app/.npmrc#script')).toEqual(['script'])
  })

  it.each(['Rakefile', 'noxfile.py', '.pre-commit-config.yaml', 'lefthook.yml', 'api/Makefile'])(
    'is the file of a program that runs scripts: %s',
    file => {
      expect(kindsOfKey(file)).toEqual(['script'])
      expect(judgeParts(file, 'a\n')).toHaveLength(1)
    },
  )

  it.each(['package.json', '.oxlintrc.json', 'tsconfig.json', 'biome.jsonc'])(
    'is read whatever it holds: %s',
    file => {
      for (const text of ['['.repeat(200_000), `// "\n${'{"a":'.repeat(200_000)}`, '\0'])
        expect(() => judgeParts(file, text)).not.toThrow()
    },
  )
})
