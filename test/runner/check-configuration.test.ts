import { describe, expect, it } from 'vitest'
import {
  configurationParts,
  kindsOfKey,
  loadedConfigurationPart,
  isCheckConfiguration,
} from '../../src/runner/check-configuration.ts'

const contentOf = (file: string, text: string) =>
  configurationParts(file, text).map(({ key, content }) => [key, content])

describe('check configuration', () => {
  it('is what decides in .npmrc how a script runs, and nothing else of it', () => {
    expect(isCheckConfiguration('.npmrc')).toBe(true)
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
      expect(configurationParts(file, 'a\n')).toHaveLength(1)
    },
  )

  it('is what sets a limit for the coverage', () => {
    for (const file of ['.nycrc', '.c8rc.json', '.coveragerc', 'nyc.config.js'])
      expect(kindsOfKey(file)).toEqual(['coverage'])
    const parts = configurationParts('pyproject.toml', '[tool.coverage.report]\nfail_under = 90\n')
    expect(parts.map(({ key }) => [key, ...kindsOfKey(key)])).toEqual([
      ['pyproject.toml#coverage', 'coverage'],
    ])
    expect(configurationParts('package.json', '{"c8": {"lines": 90}}')).toMatchObject([
      { key: 'package.json#c8', kinds: ['coverage'] },
    ])
  })

  it('is also a file without a name of its own that such a file loads', () => {
    const [part] = loadedConfigurationPart(
      'config/rules.js',
      'eslint.config.js',
      'export default []\n',
    )
    expect(part?.key).toBe('config/rules.js#lint')
    expect(kindsOfKey(part?.key ?? '')).toEqual(['lint'])
    // Files that are checks themselves, and configuration of a test runner, are compared elsewhere.
    expect(loadedConfigurationPart('tsconfig.base.json', 'tsconfig.json', '{}')).toEqual([])
    expect(loadedConfigurationPart('config/rules.js', 'vitest.config.js', '')).toEqual([])
  })

  it.each(['package.json', '.oxlintrc.json', 'tsconfig.json', 'biome.jsonc'])(
    'is read whatever it holds: %s',
    file => {
      for (const text of ['['.repeat(200_000), `// "\n${'{"a":'.repeat(200_000)}`, '\0'])
        expect(() => configurationParts(file, text)).not.toThrow()
    },
  )
})
