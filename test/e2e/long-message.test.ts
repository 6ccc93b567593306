import { expect, it, onTestFinished, vi } from 'vitest'
import { stackProject } from '../kit/project.ts'
import { INITIALIZE } from '../kit/initialize.ts'
import { spawnServer } from '../kit/server.ts'

const PLAN = '# Tasks: Stack\n\n## Phase 1: Core\n- [ ] T001 size in src/stack.js\n'

it('answers a message over 10 MB with an error and goes on with the next one', async () => {
  const project = stackProject(PLAN)
  const server = spawnServer(project.root)
  onTestFinished(() => void server.process.kill())
  server.send(INITIALIZE)
  server.send({ method: 'notifications/initialized' })
  const long = { name: 'next_task', arguments: { task: 'x'.repeat(11 * 1024 * 1024) } }
  server.send({ id: 2, method: 'tools/call', params: long })
  const params = { name: 'next_task', arguments: {} }
  server.send({ id: 3, method: 'tools/call', params })
  server.process.stdin.write(
    `{"method":"tools/call","params":{"x":"${'x'.repeat(11 * 1024 * 1024)}"},"jsonrpc":"2.0","id":"four"}\n`,
  )
  const fits = { name: 'next_task', arguments: { task: 'x'.repeat(9 * 1024 * 1024) } }
  server.send({ id: 5, method: 'tools/call', params: fits })
  await vi.waitFor(() => expect(server.output()).toMatch(/"id":5\b[^]*\n$/), { timeout: 60_000 })
  await vi.waitFor(() => expect(server.output()).toMatch(/"id":3\b[^]*\n$/), { timeout: 60_000 })
  const answers = server
    .output()
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const byId = (id: unknown) => answers.find(answer => answer.id === id)
  expect(byId(2).error.message).toContain('longer than')
  expect(byId('four').error.message).toContain('longer than')
  expect(byId(3).result.structuredContent).toMatchObject({ task: { id: 'T001' } })
  expect(byId(5).result.isError).toBe(true)
})
