import type { McpSubscription } from '@modelcontextprotocol/client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connect, connectWithSdk1 } from '../kit/assistant.ts'
import { stackProject, TASKS } from '../kit/project.ts'

const PLAN = '## Setup\n- [ ] T001 Create notes.txt\n- [ ] T002 Create more.txt\n'

/** How long a test polls before it fails. */
const DEADLINE = { timeout: 30_000, interval: 20 }

describe('clients', () => {
  it('built on version 1 of the SDK can work the loop', async () => {
    const project = stackProject(PLAN)
    const { client } = await connectWithSdk1(project.root)
    expect((await client.listTools()).tools).toHaveLength(7)
    const answer = await client.callTool({ name: 'next_task', arguments: {} })
    expect(answer.structuredContent).toMatchObject({ task: { id: 'T001' } })
    const refusal = await client.callTool({ name: 'next_task', arguments: { task: 'T9' } })
    expect(refusal).toMatchObject({ isError: true, _meta: { 'redgreen/code': 'unknown_task' } })
  })

  it('of the 2026-07-28 protocol can work the loop', async () => {
    const project = stackProject(PLAN)
    const { client } = await connect(project.root, { protocol: '2026-07-28' })
    const answer = await client.callTool({ name: 'next_task', arguments: {} })
    expect(answer.structuredContent).toMatchObject({ task: { id: 'T001' } })
    const { contents } = await client.readResource({ uri: 'redgreen://active/tasks' })
    expect(contents).toMatchObject([{ text: PLAN, mimeType: 'text/markdown' }])
  })

  it('are notified when any process changes a resource (2025 protocols)', async () => {
    const project = stackProject(PLAN)
    const { client } = await connect(project.root)
    const updated: string[] = []
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
      updated.push(params.uri)
    })
    await client.subscribeResource({ uri: 'redgreen://001-stack/tasks' })
    await client.subscribeResource({ uri: 'redgreen://active/progress' })
    project.write(TASKS, PLAN.replace('[ ]', '[X]'))
    await expect
      .poll(() => [...updated].sort(), DEADLINE)
      .toEqual(['redgreen://001-stack/tasks', 'redgreen://active/progress'])
  })

  it('are notified when any process changes a resource (2026-07-28)', async () => {
    const project = stackProject(PLAN)
    const { client } = await connect(project.root, { protocol: '2026-07-28' })
    const updated: string[] = []
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
      updated.push(params.uri)
    })
    const subscription: McpSubscription = await client.listen({
      resourceSubscriptions: ['redgreen://001-stack/tasks'],
    })
    onTestFinished(() => subscription.close())
    project.write(TASKS, PLAN.replace('[ ]', '[X]'))
    await expect.poll(() => updated, DEADLINE).toEqual(['redgreen://001-stack/tasks'])
  })

  it('get the folder that the environment or their roots name', async () => {
    const project = stackProject(PLAN)
    const other = stackProject(PLAN.replace('T001', 'T100'))
    const byEnvironment = await connect(project.root, {
      args: [],
      env: { REDGREEN_ROOT: project.root, CLAUDE_PROJECT_DIR: other.root },
    })
    expect((await byEnvironment.call('next_task')).data).toMatchObject({ task: { id: 'T001' } })
    const byRoots = await connect('', { args: [], roots: [other.root] })
    expect((await byRoots.call('next_task')).data).toMatchObject({ task: { id: 'T100' } })
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

  it("are the user's own files, byte for byte, and the recorded evidence", async () => {
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
