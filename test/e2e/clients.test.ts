import { Client as ClientOfLine1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as TransportOfLine1 } from '@modelcontextprotocol/sdk/client/stdio.js'
import { Client, type McpSubscription } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { stackProject, TASKS } from '../kit/project.ts'

const PLAN = '## Setup\n- [ ] T001 Create notes.txt\n- [ ] T002 Create more.txt\n'

const serverFor = (root: string) => ({
  command: process.execPath,
  args: ['dist/cli.js', '--root', root],
  stderr: 'pipe' as const,
})

async function modernClient(root: string): Promise<Client> {
  const client = new Client(
    { name: 'modern', version: '1' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  )
  await client.connect(new StdioClientTransport(serverFor(root)))
  onTestFinished(() => client.close())
  return client
}

describe('clients', () => {
  it('built on line 1 of the SDK work the loop', async () => {
    const project = stackProject(PLAN)
    const client = new ClientOfLine1({ name: 'line-1', version: '1' })
    await client.connect(new TransportOfLine1(serverFor(project.root)))
    onTestFinished(() => client.close())
    expect((await client.listTools()).tools).toHaveLength(7)
    const answer = await client.callTool({ name: 'next_task', arguments: {} })
    expect(answer.structuredContent).toMatchObject({ task: { id: 'T001' } })
    const refusal = await client.callTool({ name: 'next_task', arguments: { task: 'T9' } })
    expect(refusal).toMatchObject({ isError: true, _meta: { 'redgreen/code': 'unknown_task' } })
  })

  it('of the 2026-07-28 protocol work the loop', async () => {
    const project = stackProject(PLAN)
    const client = await modernClient(project.root)
    const answer = await client.callTool({ name: 'next_task', arguments: {} })
    expect(answer.structuredContent).toMatchObject({ task: { id: 'T001' } })
    const { contents } = await client.readResource({ uri: 'redgreen://active/tasks' })
    expect(contents).toMatchObject([{ text: PLAN, mimeType: 'text/markdown' }])
  })

  it('are told within a second when any process changes a resource (2025 protocols)', async () => {
    const project = stackProject(PLAN)
    const { client } = await connect(project.root)
    const told: string[] = []
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
      told.push(params.uri)
    })
    await client.subscribeResource({ uri: 'redgreen://001-stack/tasks' })
    await client.subscribeResource({ uri: 'redgreen://active/progress' })
    project.write(TASKS, PLAN.replace('[ ]', '[X]'))
    await expect
      .poll(() => [...told].sort(), { timeout: 1_000, interval: 20 })
      .toEqual(['redgreen://001-stack/tasks', 'redgreen://active/progress'])
  })

  it('are told within a second when any process changes a resource (2026-07-28)', async () => {
    const project = stackProject(PLAN)
    const client = await modernClient(project.root)
    const told: string[] = []
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
      told.push(params.uri)
    })
    const subscription: McpSubscription = await client.listen({
      resourceSubscriptions: ['redgreen://001-stack/tasks'],
    })
    onTestFinished(() => subscription.close())
    project.write(TASKS, PLAN.replace('[ ]', '[X]'))
    await expect
      .poll(() => told, { timeout: 1_000, interval: 20 })
      .toEqual(['redgreen://001-stack/tasks'])
  })

  it('find the folder that their roots, or the environment, name', async () => {
    const project = stackProject(PLAN)
    const other = stackProject(PLAN.replace('T001', 'T100'))
    const byEnvironment = await connect(project.root, {
      args: [],
      env: { REDGREEN_ROOT: project.root, CLAUDE_PROJECT_DIR: other.root },
    })
    expect((await byEnvironment.call('next_task')).data).toMatchObject({ task: { id: 'T001' } })
    const client = new Client({ name: 'rooted', version: '1' }, { capabilities: { roots: {} } })
    client.setRequestHandler('roots/list', () => ({ roots: [{ uri: `file://${other.root}` }] }))
    await client.connect(
      new StdioClientTransport({ ...serverFor(''), args: ['dist/cli.js'], cwd: process.cwd() }),
    )
    onTestFinished(() => client.close())
    const answer = await client.callTool({ name: 'next_task', arguments: {} })
    expect(answer.structuredContent).toMatchObject({ task: { id: 'T100' } })
  })
})

describe('resources and the prompt', () => {
  it('are listed for the active feature, and templates complete features and tasks', async () => {
    const project = stackProject(PLAN)
    const { client } = await connect(project.root)
    const { resources } = await client.listResources()
    expect(resources.map(({ uri }) => uri)).toEqual([
      'redgreen://001-stack/spec',
      'redgreen://001-stack/plan',
      'redgreen://001-stack/tasks',
      'redgreen://001-stack/progress',
      'redgreen://001-stack/validation',
    ])
    const ref = { type: 'ref/resource' as const, uri: 'redgreen://{feature}/evidence/{task}' }
    const features = await client.complete({ ref, argument: { name: 'feature', value: '00' } })
    expect(features.completion.values).toEqual(['001-stack'])
    const tasks = await client.complete({ ref, argument: { name: 'task', value: 'T00' } })
    expect(tasks.completion.values).toEqual(['T001', 'T002'])
  })

  it("are the user's own files, byte for byte, and what was witnessed", async () => {
    const plan = `\uFEFF${PLAN.replaceAll('\n', '\r\n')}`
    const project = stackProject(plan)
    const { client, call } = await connect(project.root)
    const read = async (path: string) => {
      const [content] = (await client.readResource({ uri: `redgreen://active/${path}` })).contents
      return content && 'text' in content ? content.text : ''
    }
    expect(await read('tasks')).toBe(plan)
    await call('next_task')
    expect(JSON.parse(await read('progress'))).toMatchObject({ progress: { total: 2 } })
    expect(JSON.parse(await read('evidence/T001'))).toMatchObject({ kind: 'start', task: 'T001' })
    await expect(read('evidence/T9')).rejects.toThrow(/not found/i)
    await expect(read('runs/..%2F..%2Fsecret')).rejects.toThrow(/not found/i)
  })

  it('offer the whole loop as one instruction', async () => {
    const { client } = await connect(stackProject(PLAN).root)
    const { messages } = await client.getPrompt({
      name: 'implement',
      arguments: { feature: '001-stack' },
    })
    const [message] = messages
    expect(message?.content).toMatchObject({ type: 'text' })
    expect(JSON.stringify(message)).toContain('Implement the feature 001-stack')
  })
})
