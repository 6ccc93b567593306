import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { tools } from '../../src/tools/index.ts'
import { connect } from '../kit/assistant.ts'
import { makeProject } from '../kit/project.ts'

/** Tokens of name, description and input schema of all tools: what a model sees. */
const MODEL_BUDGET = 1100

async function listedTools() {
  const { client } = await connect(makeProject({}).root)
  return (await client.listTools()).tools
}

describe('the list of tools', () => {
  it('is as agreed, tool by tool', async () => {
    const listed = await listedTools()
    expect(listed.map(({ name }) => name)).toEqual(tools.map(({ name }) => name))
    for (const tool of listed) {
      await expect(`${JSON.stringify(tool, null, 2)}\n`).toMatchFileSnapshot(
        `snapshots/${tool.name}.json`,
      )
    }
  })

  it(`costs a model at most ${MODEL_BUDGET} tokens, and less than 3,000 as a whole`, async () => {
    const listed = await listedTools()
    const visible = listed.map(({ name, description, inputSchema }) => ({
      name,
      description,
      inputSchema,
    }))
    const costs = { model: tokens(visible), list: tokens(listed) }
    console.log(`tokens (o200k): ${costs.model} for a model, ${costs.list} for the whole list`)
    expect(costs.model).toBeLessThanOrEqual(MODEL_BUDGET)
    expect(costs.list).toBeLessThan(3000)
  })

  it('has descriptions of less than 250 characters', () => {
    const long = tools.filter(({ description }) => description.length >= 250)
    expect(long.map(({ name }) => name)).toEqual([])
  })
})

function tokens(value: unknown): number {
  return encode(JSON.stringify(value)).length
}
