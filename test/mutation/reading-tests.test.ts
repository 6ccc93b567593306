import { describe, expect, it } from 'vitest'
import { onlyReads } from '../../src/mutation/reading-tests.ts'

describe('a test file that can only read', () => {
  it.each([
    [
      'a.test.js',
      "import test from 'node:test'\nimport { readFileSync } from 'fs'\nimport assert from 'node:assert/strict'\n",
    ],
    [
      'a.test.ts',
      "import { expect, it } from 'vitest'\nimport pkg from '../package.json' with { type: 'json' }\n",
    ],
    ['a.test.cjs', "const fs = require('node:fs')\nconst pkg = require('../package.json')\n"],
    ['a.test.js', "it('has a name', () => expect(require('./data.json').a).toBe(1))\n"],
    [
      'test_a.py',
      'import json, os.path\nfrom pathlib import Path\n\ndef test_a(tmp_path):\n    assert Path("a").exists()\n',
    ],
    ['a_test.rb', 'require \'minitest/autorun\'\nrequire "json"\n'],
  ])('is known by what it imports: %s %j', (file, text) => {
    expect(onlyReads(file, text)).toBe(true)
  })

  it.each([
    ['a.test.js', "import { size } from '../src/size.js'\n"],
    ['a.test.js', "import 'own-package'\n"],
    ['a.test.js', "export * from './cases'\n"],
    ['a.test.js', "const { size } = await import('../src/size.js')\n"],
    ['a.test.js', 'const { size } = await import(name)\n'],
    ['a.test.js', 'const { size } = await import(`../src/${name}.js`)\n'],
    ['a.test.js', 'const { size } = require(path.join(root, "size"))\n'],
    ['a.test.js', "import { spawnSync } from 'node:child_process'\n"],
    ['a.test.js', "import { createRequire } from 'node:module'\n"],
    ['a.test.js', "import { runInNewContext } from 'node:vm'\n"],
    ['a.test.js', "await fetch('http://localhost:3000')\n"],
    ['a.test.js', 'eval(readFileSync("src/a.js", "utf8"))\n'],
    ['a.test.js', 'new Function(text)()\n'],
    ['a.test.js', 'globalThis.app.size()\n'],
    ['a.test.ts', "import { test } from '@playwright/test'\n"],
    ['a.test.ts', "const real = await vi.importActual('../src/a')\n"],
    ['a.test.ts', "const all = import.meta.glob('../src/*.ts')\n"],
    ['test_a.py', 'import stack\n'],
    ['test_a.py', 'import json, stack\n'],
    ['test_a.py', 'from .helper import size\n'],
    ['test_a.py', 'import subprocess\n'],
    ['test_a.py', 'exec(open("a.py").read())\n'],
    ['test_a.py', 'def test_a(client):\n    assert client\n'],
    ['test_a.py', 'def test_a(\n    self,\n    app: App,\n):\n    assert app\n'],
    ['a_test.rb', "require 'minitest/autorun'\nrequire_relative '../lib/a'\n"],
    ['a_test.rb', "require 'test_helper'\n"],
    ['a_test.rb', 'require File.join(root, "a")\n'],
    ['a_test.rb', 'assert_equal "a", `bin/a`\n'],
    ['a_test.go', 'package a\n'],
  ])('is not one that may run code: %s %j', (file, text) => {
    expect(onlyReads(file, text)).toBe(false)
  })
})
