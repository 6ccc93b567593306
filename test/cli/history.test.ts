import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { Printed } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/run-command.ts'
import { callAt } from '../kit/call.ts'
import { recordedFeature } from '../kit/recorded-feature.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n- [ ] T002 push in src/stack.js\n'

/** Runs a command in this process. */
function run(
  root: string,
  name: string,
  positionals: string[] = [],
  values: Record<string, string> = {},
): Promise<Printed> {
  const command = commands.find(one => one.name === name)
  if (!command) throw new Error(`There is no command ${name}.`)
  const text = (option: string) => values[option]
  return command.run(callAt(root), { positionals, text, list: () => [], flag: () => false })
}

describe('what is recorded', () => {
  it('is shown as one line for each event, and as the events themselves', async () => {
    const project = recordedFeature(PLAN)
    expect((await run(project.root, 'log')).text).toBe('Nothing is recorded for 001-stack yet.')
    project.prove('T001')
    const { text, data } = await run(project.root, 'log')
    const lines = text.split('\n')
    expect(lines.map(line => line.split('  ')[2]?.split(':')[0])).toEqual([
      'start',
      'red',
      'green',
      'done',
    ])
    expect(data).toMatchObject({ feature: '001-stack', events: [{ kind: 'start' }, {}, {}, {}] })
  })

  it('is shown for a task: its tests with their outcomes, and its events', async () => {
    const project = recordedFeature(PLAN)
    project.prove('T001')
    const { text, data } = await run(project.root, 'show', ['T001'])
    expect(text).toMatch(
      /^T001 size in src\/stack\.js\n.*tasks\.md:2, Core; proven as build; stage done/,
    )
    expect(text).toContain('\n  tests/all.test.js > T001: failed → passed → passes\n')
    expect(text).toMatch(/Events:\n {2}\d{4}-.* start: /)
    expect(data).toMatchObject({ task: { id: 'T001' }, tests: [{ red: 'failed', passed: true }] })
    expect((await run(project.root, 'show', ['T002'])).text).toContain('stage todo')
    await expect(run(project.root, 'show', ['T009'])).rejects.toMatchObject({
      code: 'unknown_task',
    })
    await expect(run(project.root, 'show')).rejects.toThrow('TASK is missing')
  })

  it('is printed as a report, or written for other tools', async () => {
    const project = recordedFeature(PLAN)
    project.prove('T001')
    expect((await run(project.root, 'report')).text).toContain('# Implementation Partial!')
    const folder = mkdtempSync(path.join(tmpdir(), 'redgreen-report-'))
    const files = Object.fromEntries(
      ['html', 'junit', 'ctrf'].map(name => [name, path.join(folder, name)]),
    )
    const { text } = await run(project.root, 'report', [], files)
    expect(text).toBe(`Written: ${Object.values(files).join(', ')}.`)
    const [html = '', junit = '', ctrf = ''] = Object.values(files).map(file =>
      readFileSync(file, 'utf8'),
    )
    expect(html).toMatch(/^<!doctype html>.*Implementation Partial!.*T001/s)
    expect(XMLValidator.validate(junit)).toBe(true)
    expect(JSON.parse(ctrf).results.summary).toMatchObject({ tests: 1, passed: 1 })
  })
})
