import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { featureOptions, testPrograms } from '../../src/runner/frameworks/cargo-features.ts'
import { readRecipe, readTox, testRecipe } from '../../src/runner/test-recipe.ts'
import { makeProject } from '../kit/project.ts'

const read = (text: string) => readRecipe(text, '/work').env

describe('the variables of a test recipe', () => {
  it.each<[name: string, text: string, env: Record<string, string>]>([
    ['before the command', 'test:\n\tPYTHONPATH=lib python3 -m pytest\n', { PYTHONPATH: 'lib' }],
    [
      'after a quiet mark, with prerequisites',
      '.PHONY: test\ntest: build lint ## run\n\t@MODE=test A="b c" go test ./...\n',
      { MODE: 'test', A: 'b c' },
    ],
    [
      'exported by the file',
      'export MODE := test\nexport DB ?= "memory"\ntest:\n\tpytest\n',
      { MODE: 'test', DB: 'memory' },
    ],
    ['from a constant', 'SRC = src\ntest:\n\tPYTHONPATH=$(SRC) pytest\n', { PYTHONPATH: 'src' }],
    ['with the folder', 'test:\n\tROOT=$(CURDIR)/data pytest\n', { ROOT: '/work/data' }],
    ['over two lines', 'test:\n\tMODE=test \\\n\t  pytest\n', { MODE: 'test' }],
    [
      'of a justfile',
      'export MODE := "test"\n\ntest:\n    A=1 cargo test\n',
      { MODE: 'test', A: '1' },
    ],
    ['after other marks', 'test:\n\t-@A=1 pytest\n\t+B=2 pytest\n', { A: '1', B: '2' }],
    ['with a dollar sign', "test:\n\tA='$$x' pytest\n", { A: '$x' }],
    ['for one command only', 'export A := 1\ntest:\n\tA=2 pytest\n', { A: '2' }],
    [
      'with the folder by another name',
      'test:\n\tROOT=$(PWD)/data pytest\n',
      { ROOT: '/work/data' },
    ],
    [
      'from a constant of a justfile',
      'SRC := "src"\n\ntest:\n    A={{ SRC }} pytest\n',
      { A: 'src' },
    ],
    ['of the recipe check', 'check:\n\tMODE=test pytest\n', { MODE: 'test' }],
  ])('%s', (_, text, env) => {
    expect(read(text)).toEqual(env)
  })

  it.each([
    'deploy:\n\tMODE=production ./deploy\n',
    'test:\n\tMODE=$(shell date) pytest\n',
    'test:\n\tKEY=`cat key` pytest\n',
    'test:\n\tMODE=build npm run build\n',
    'test := a\nlint:\n\tMODE=x ruff\n',
    'export MODE := test\ntest:\n\tpytest `cat names`\n',
    'test:\n\tMODE=test\n',
    'export PATH := $(PWD)/bin:$(PATH)\ntest:\n\tpytest\n',
    'export DATABASE_URL := postgres://prod/db\ndeploy:\n\t./deploy\n',
    'check:\n\tMODE=x docker build -t app .\n',
    `A = ${'x'.repeat(9_000)}\ntest:\n\tMODE=${'$(A)'.repeat(9_000)} pytest\n`,
    '',
  ])('leave out what does not belong to the tests or needs a shell (%#)', text => {
    expect(read(text)).toEqual({})
  })
})

describe('the file of a recipe', () => {
  const RECIPE = 'test:\n\tMODE=test pytest\n'

  it('is read', () => {
    const { root } = makeProject({ Makefile: RECIPE }, { git: false })
    expect(testRecipe(root).env).toEqual({ MODE: 'test' })
  })

  it('has precedence over that of tox', () => {
    const tox = '[testenv]\nsetenv =\n    MODE=tox\n    LEVEL=1\n'
    const { root } = makeProject({ Makefile: RECIPE, 'tox.ini': tox }, { git: false })
    expect(testRecipe(root).env).toEqual({ MODE: 'test', LEVEL: '1' })
  })

  it.each<[how: string, plant: (root: string, file: string) => void]>([
    ['a link to a file outside', (root, file) => symlinkSync(path.join(root, 'other'), file)],
    ['a link to a device without an end', (_root, file) => symlinkSync('/dev/zero', file)],
    ['a folder', (_root, file) => mkdirSync(file)],
    ['huge', (_root, file) => writeFileSync(file, `${RECIPE}# ${'x'.repeat(200_000)}\n`)],
  ])('is not read if it is %s', (_how, plant) => {
    const { root } = makeProject({ other: RECIPE }, { git: false })
    plant(root, path.join(root, 'Makefile'))
    expect(testRecipe(root)).toEqual({ env: {}, commands: [] })
  })
})

test('tox sets variables for the tests', () => {
  const text =
    '[tox]\nenvlist = py311\n\n[testenv]\ndeps = pytest\nsetenv =\n    PYTHONPATH = {toxinidir}/src\n    MODE=test\n    HOME={envtmpdir}\ncommands = pytest\n\n[testenv:lint]\nsetenv = MODE=lint\n'
  expect(readTox(text, '/work')).toEqual({ PYTHONPATH: '/work/src', MODE: 'test' })
  expect(readTox('[testenv]\nset_env = A=1\n', '/work')).toEqual({ A: '1' })
  expect(readTox('[testenv:lint]\nsetenv = MODE=lint\n', '/work')).toEqual({})
})

describe('the features of a Rust package', () => {
  it.each<[command: string, options: string[]]>([
    ['cargo test --all-features', ['--all-features']],
    ['cargo test -F a --no-default-features', ['--features', 'a', '--no-default-features']],
    ['cargo test --features a,b --features=c', ['--features', 'a,b', '--features=c']],
    ['cargo test --workspace -- --features x', []],
  ])('%s', (command, options) => {
    expect(featureOptions(command.split(' '))).toEqual(options)
  })

  it('are those that its test programs require', () => {
    const manifest =
      '[package]\nname = "a"\n\n[features]\nextra = []\n\n[[test]]\nname = "extra"\nrequired-features = ["extra", "b"]\n\n' +
      '[[test]]\nname = "it"\npath = "it/all.rs"\nrequired-features = [\n  "it",\n]\n\n[[test]]\nname = "plain"\n\n' +
      '[[bin]]\nname = "x"\nrequired-features = ["x"]\n'
    expect(testPrograms(manifest)).toEqual([
      { files: ['tests/extra.rs', 'tests/extra/main.rs'], features: ['extra', 'b'] },
      { files: ['it/all.rs'], features: ['it'] },
    ])
  })
})
