import { onTestFinished } from 'vitest'
import { stackProject, type Project } from './project.ts'
import { openServer, openServerWithSdk1, type Connection, type ServerOptions } from './server.ts'

export type { Answer, FormReply } from './server.ts'

/** An assistant at its own built server. */
export type Assistant = Connection

/** Starts the built server for one test and connects to it. */
export async function connect(root: string, options?: ServerOptions): Promise<Assistant> {
  const connection = await openServer(root, options)
  onTestFinished(connection.close)
  return connection
}

/** The same with version 1 of the MCP SDK. */
export async function connectWithSdk1(
  root: string,
  options?: Pick<ServerOptions, 'onForm'>,
): ReturnType<typeof openServerWithSdk1> {
  const connection = await openServerWithSdk1(root, options)
  onTestFinished(connection.close)
  return connection
}

/** A small project with this task list and these files, at whose server an assistant has called `next_task`. */
export async function startTask(
  tasks: string,
  files: Record<string, string> = {},
): Promise<{ project: Project; call: Assistant['call'] }> {
  const project = stackProject(tasks, files)
  const { call } = await connect(project.root)
  await call('next_task')
  return { project, call }
}
