import { readFileSync } from 'node:fs'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { toolsPage } from '../../scripts/docs/tools-page.ts'
import { settingsSchema } from '../../src/store/settings.ts'
import { tools } from '../../src/tools/index.ts'
import { connect } from '../kit/assistant.ts'
import { makeProject } from '../kit/project.ts'

async function listedTools() {
  const { client } = await connect(makeProject({}).root)
  return (await client.listTools()).tools
}

describe('what a client sees of the tools', () => {
  it('is what was agreed, tool by tool', async () => {
    const listed = await listedTools()
    expect(listed.map(({ name }) => name)).toEqual(tools.map(({ name }) => name))
    for (const tool of listed) {
      await expect(`${JSON.stringify(tool, null, 2)}\n`).toMatchFileSnapshot(
        `snapshots/${tool.name}.json`,
      )
    }
  })

  it('costs a model under 1,500 tokens, and the whole list under 3,000', async () => {
    const listed = await listedTools()
    const seen = listed.map(({ name, description, inputSchema }) => ({
      name,
      description,
      inputSchema,
    }))
    const costs = { model: tokens(seen), list: tokens(listed) }
    console.log(`tokens (o200k): ${costs.model} for a model, ${costs.list} for the whole list`)
    expect(costs.model).toBeLessThan(1500)
    expect(costs.list).toBeLessThan(3000)
  })

  it('is described in under 250 characters each', () => {
    const long = tools.filter(({ description }) => description.length >= 250)
    expect(long.map(({ name }) => name)).toEqual([])
  })

  it('is told to people in docs/tools.md, and the settings in their schema', () => {
    expect(readFileSync('docs/tools.md', 'utf8')).toBe(toolsPage())
    expect(JSON.parse(readFileSync('schema/redgreen.config.schema.json', 'utf8'))).toEqual(
      settingsSchema(),
    )
  })
})

function tokens(value: unknown): number {
  return encode(JSON.stringify(value)).length
}
