import { once } from 'node:events'
import { createServer } from 'node:net'
import { onTestFinished } from 'vitest'
import { makeProject, type Project } from './project.ts'

/** A project with three features, whose database closes each connection at once. */
export async function projectWithDeadStore(): Promise<{
  project: Project
  attempts: () => number
}> {
  let attempts = 0
  const server = createServer(socket => {
    attempts += 1
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const shared = {
    store: 'postgres',
    url: `postgres://redgreen:word@127.0.0.1:${port}/db`,
    project: 'team/stack',
  }
  const plan = '## Phase 1: Core\n- [ ] T001 Create one.txt\n'
  const project = makeProject({
    '.specify/feature.json': '{"feature_directory":"specs/001-one"}',
    'redgreen.config.json': JSON.stringify({ shared }),
    ...Object.fromEntries(
      ['001-one', '002-two', '003-three'].map(name => [`specs/${name}/tasks.md`, plan]),
    ),
  })
  return { project, attempts: () => attempts }
}
