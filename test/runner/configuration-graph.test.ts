import { describe, expect, it } from 'vitest'
import {
  loadedByConfiguration,
  namedInOptions,
  ownExports,
} from '../../src/runner/configuration-graph.ts'
import type { PackageView } from '../../src/runner/framework.ts'

function viewOf(files: Record<string, string>): PackageView {
  return {
    manifest: undefined,
    exists: file => files[file] !== undefined,
    read: file => files[file],
    names: () => [],
  }
}

/** What a configuration file with this text loads; every other file is empty unless it is given. */
function loaded(config: string, text: string, others: Record<string, string>): string[] {
  return loadedByConfiguration(viewOf({ [config]: text, ...others }), [config])
}

describe('the files that a test configuration loads', () => {
  it.each<[how: string, config: string, text: string, file?: string]>([
    ['an import', 'vitest.config.ts', "import { a } from './build/testing.js'"],
    ['an import for its effect', 'vitest.config.ts', "import './build/testing.js'"],
    [
      'a dynamic import',
      'jest.config.mjs',
      "export default (await import('./build/testing.js')).default",
    ],
    ['require', 'jest.config.cjs', "module.exports = require('./build/testing.js')"],
    ['an import without ending', 'vitest.config.ts', "import x from './build/testing'"],
    [
      'setupFiles',
      'vitest.config.ts',
      "export default { test: { setupFiles: ['build/testing.js'] } }",
    ],
    [
      'globalSetup',
      'vitest.config.ts',
      "export default { test: { globalSetup: './build/testing.js' } }",
    ],
    ['<rootDir>', 'jest.config.json', '{ "setupFilesAfterEnv": ["<rootDir>/build/testing.js"] }'],
    ['require of mocha', '.mocharc.yml', 'require:\n  - ./build/testing.js\n'],
    ['preload', 'bunfig.toml', '[test]\npreload = ["./build/testing.js"]\n'],
    ['extends of JSON', 'tsconfig.json', '{ "extends": "./build/testing" }', 'build/testing.json'],
    [
      'extends in a folder',
      'web/.eslintrc.json',
      '{ "extends": ["./base.json"] }',
      'web/base.json',
    ],
    ['extend', 'ruff.toml', 'extend = "./build/testing.toml"', 'build/testing.toml'],
    ['inherit_from', '.rubocop.yml', 'inherit_from: build/testing.yml', 'build/testing.yml'],
    ['preset', 'jest.config.js', "module.exports = { preset: './build/testing' }"],
    ['bootstrap', 'phpunit.xml', '<phpunit bootstrap="build/testing.js">'],
  ])('are found by %s', (_how, config, text, ...[file = 'build/testing.js']) => {
    expect(loaded(config, text, { [file]: '' })).toEqual([file])
  })

  it('include what these import in turn, once', () => {
    const others = {
      'build/a.js': "import './b.js'\nimport '../tools/c.ts'\n",
      'build/b.js': "import './a.js'\n",
      'tools/c.ts': '',
    }
    const text = "import './build/a.js'"
    expect(loaded('vitest.config.ts', text, others)).toEqual([
      'build/a.js',
      'build/b.js',
      'tools/c.ts',
    ])
  })

  it.each([
    ['product code', "import plugin from './src/index.ts'", 'src/index.ts'],
    ['package.json', "import manifest from './package.json'", 'package.json'],
    ['a package', "import react from 'react'", 'node_modules/react/index.js'],
    ['an alias', "export default { resolve: { alias: { '@': './src' } } }", 'src/index.ts'],
    ['an entry', "export default { build: { lib: { entry: './client.ts' } } }", 'client.ts'],
  ])('do not include %s', (_what, text, file) => {
    expect(loaded('vitest.config.ts', text, { [file]: '' })).toEqual([])
  })

  it('are read in linear time', () => {
    const steps = [20_000, 40_000].map(size => {
      const text = 'require:['.repeat(size / 10)
      return loaded('vitest.config.ts', text, {}).length
    })
    expect(steps).toEqual([0, 0])
  })
})

describe('the files that the options of a test script name', () => {
  it.each([
    [['--import', './tools/setup.js'], ['tools/setup.js']],
    [['--require=./tools/setup'], ['tools/setup.js']],
    [['--config', 'tools/setup.js', '--reporter', 'spec'], ['tools/setup.js']],
    [['-r', 'ts-node/register', '--timeout', '2.5'], []],
    [['--import', './src/register.js', 'tools'], []],
    [['--outputFile=tools/setup.js', '--reporter', 'tools/setup.js'], []],
  ])('%j: %j', (words, files) => {
    const view = viewOf({ 'tools/setup.js': '', 'src/register.js': '' })
    expect(namedInOptions(view, words)).toEqual(files)
  })
})

describe('the exports that a test uses of its own package', () => {
  const manifest = {
    name: 'stack',
    exports: { '.': './src/index.js', './*': './src/*.js', './client': './src/client.js' },
  }

  it('are those of the imported subpaths alone', () => {
    const found = ownExports(manifest, ["import { a } from 'stack/size'\nimport b from 'stack'\n"])
    expect([...found]).toEqual([
      ['./size', '"./src/*.js"'],
      ['.', '"./src/index.js"'],
    ])
  })

  it('are another entry if a closer one is added', () => {
    const exports = { ...manifest.exports, './size': './fake/size.js' }
    const found = ownExports({ ...manifest, exports }, ["import { a } from 'stack/size'"])
    expect(found.get('./size')).toBe('"./fake/size.js"')
  })

  it('are none for tests that import files', () => {
    expect(ownExports(manifest, ["import { a } from '../src/size.js'"]).size).toBe(0)
  })
})
