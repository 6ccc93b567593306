import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EXAMPLE } from '../../scripts/docs/configuration-page.ts'
import { generatedPages } from '../../scripts/docs/pages.ts'
import { commands } from '../../src/cli/run-command.ts'
import { readSettings, settingsSchema } from '../../src/store/settings.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { refusalCodes } from '../../src/workflow/context/refusal.ts'
import { makeProject } from '../kit/project.ts'

const pages = generatedPages()

describe('a generated page', () => {
  it.each(Object.entries(pages))('%s is up to date (npm run docs)', (file, text) => {
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it.each([
    ['docs/cli.md', commands.map(({ name }) => `redgreen ${name}`)],
    ['docs/troubleshooting.md', refusalCodes.map(code => `| \`${code}\` |`)],
    ['docs/configuration.md', settingKeys().map(key => `## ${key}`)],
  ])('%s has every entry', (file, entries) => {
    expect(entries.filter(entry => !pages[file]?.includes(entry))).toEqual([])
  })
})

describe('the schema of the settings', () => {
  it('accepts the example of the configuration page', () => {
    const workspace = openWorkspace(makeProject({ 'redgreen.config.json': EXAMPLE }).root)
    expect(workspace && readSettings(workspace)).toMatchObject({ limits: { fullRuns: 5 } })
  })

  it('describes every key', () => {
    const rows = pages['docs/configuration.md']?.split('\n').filter(line => line.startsWith('| `'))
    expect(rows?.filter(row => row.endsWith('|  |'))).toEqual([])
  })
})

function settingKeys(): string[] {
  return Object.keys(Object(Reflect.get(settingsSchema(), 'properties')))
}
