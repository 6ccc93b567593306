import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { generatedPages } from '../../scripts/docs/pages.ts'

describe('a generated page', () => {
  it.each(Object.entries(generatedPages()))('%s is up to date (npm run docs)', (file, text) => {
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})
