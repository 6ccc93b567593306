import path from 'node:path'
import { expect, test } from 'vitest'
import { whyNotPlain } from '../../../src/runner/standby/plain-configuration.ts'
import { folderWith } from '../project.ts'

function whyNot(text: string): string | undefined {
  const file = path.join(folderWith({ 'vitest.config.ts': text }), 'vitest.config.ts')
  return whyNotPlain([file])?.slice(file.length + 1)
}

test.each([
  'export default {}',
  `import { defineConfig } from 'vitest/config'\nexport default defineConfig({ test: { globals: true } })`,
  `import path from 'node:path'\nimport { fileURLToPath, URL } from 'node:url'\nimport react from '@vitejs/plugin-react'\nexport default { plugins: [react()], resolve: { alias: { '@': path.resolve(import.meta.dirname, 'src') } } }`,
  `import { shared } from './shared.ts'\nexport default { ...shared, test: { environment: process.env.CI ? 'node' : 'jsdom' } }`,
  `const path = require('path')\nmodule.exports = { test: { include: ['src/**/*.test.ts'] } }`,
])('a configuration that reads nothing else is plain: %j', text => {
  expect(whyNot(text)).toBeUndefined()
})

test.each([
  [`import fs from 'node:fs'`, 'imports node:fs'],
  [`import { globSync } from "tinyglobby"`, 'imports tinyglobby'],
  [`import tsconfigPaths from 'vite-tsconfig-paths'`, 'imports vite-tsconfig-paths'],
  [`const fs = require('fs')`, 'imports fs'],
  [`export * from 'other/preset'`, 'imports other/preset'],
  [`const plugin = await import('other')`, 'imports other'],
  ['const plugin = await import(`other`)', 'imports other'],
  [`const plugin = await import(name)`, 'uses import('],
  [`const fs = process.getBuiltinModule('fs')`, 'uses getBuiltinModule'],
  [`const isCi = process.argv.includes('--ci')`, 'uses argv'],
  [`const now = new Date()`, 'uses Date'],
  [`const now = performance.now()`, 'uses performance'],
  [`const seed = Math.random()`, 'uses Math.random'],
  [`const isWarm = process.send !== undefined`, 'uses process.send'],
  [`const isWarm = process['send'] !== undefined`, 'uses process['],
  [`const env = loadEnv('test', '.')`, 'uses loadEnv'],
])('a configuration that could say something else later is not plain: %j', (text, why) => {
  expect(whyNot(`${text}\nexport default {}`)).toBe(why)
})
