import { expect, it } from 'vitest'
import { Updates } from '../../../src/server/http/updates.ts'
import { makeProject, TASKS } from '../../kit/project.ts'

const listen = (uri: string) => ({
  method: 'subscriptions/listen',
  params: { notifications: { resourceSubscriptions: [uri] } },
})

it('a stream that begins learns about changes, whatever other requests end meanwhile', async () => {
  const project = makeProject({ [TASKS]: '# Tasks\n\n- [ ] T001 Create a.txt\n' })
  const updates = new Updates(project.root)
  let announce = (_kind: string) => {}
  const announced = new Promise<string>(resolve => {
    announce = resolve
  })
  await updates.around(listen('redgreen://active/tasks'), async () => {
    await updates.around({ method: 'tools/list' }, async () => undefined)
    const stop = updates.subscribe(({ kind }) => {
      stop()
      announce(kind)
    })
  })
  project.write(TASKS, '# Tasks\n\n- [ ] T001 Create b.txt\n')
  expect(await announced).toBe('resource_updated')
})
