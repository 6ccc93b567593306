import { describe, expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { connectOverHttp, connectOverHttpWithSdk1, serve } from '../../kit/http.ts'
import { finishTask, parallelPlan, taskIn, type CallTool } from '../../kit/http-assistant.ts'
import { stackProject, TASKS } from '../../kit/project.ts'

describe('clients over HTTP and stdio on one project', () => {
  it('each get a task of their own, finish it without a claim, and see what the others have finished', async () => {
    const project = stackProject(parallelPlan(3))
    const serving = await serve([project.root])
    const modern = await connectOverHttp(serving, { name: 'inspector', protocol: '2026-07-28' })
    const session = await connectOverHttpWithSdk1(serving, { name: 'cursor' })
    const stdio = await connect(project.root, { name: 'claude-code' })
    const calls: CallTool[] = [modern.call, session.call, stdio.call]
    const tasks = await Promise.all(calls.map(async call => taskIn(await call('next_task'))))
    expect(tasks.toSorted()).toEqual(['T001', 'T002', 'T003'])
    await Promise.all(calls.map((call, at) => finishTask(project, call, tasks[at] ?? '')))
    expect(project.read(TASKS).match(/- \[X\]/gi)).toHaveLength(3)
    for (const call of calls)
      expect((await call('read_document', { document: 'progress' })).text).toContain('"done": 3')
  })
})
