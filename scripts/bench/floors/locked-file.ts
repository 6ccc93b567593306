import { open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { McpServer } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { lock } from 'proper-lockfile'
import * as z from 'zod'

/** The least that a server of tasks has to do: it locks a JSON file, reads it, and chooses or marks a task. */
const [, , root = ''] = process.argv
const FILE = path.join(root, 'tasks.json')

const tasksSchema = z.array(z.object({ id: z.string(), title: z.string(), done: z.boolean() }))
type Tasks = z.infer<typeof tasksSchema>

serveStdio(() => {
  const server = new McpServer({ name: 'locked-file', version: '1.0.0' })
  server.registerTool('next', { inputSchema: z.object({}) }, async () => {
    const task = await locked(async () => (await read()).find(({ done }) => !done))
    return { content: [{ type: 'text', text: `${task?.id} ${task?.title}` }] }
  })
  server.registerTool('finish', { inputSchema: z.object({ id: z.string() }) }, async ({ id }) => {
    await locked(async () => write((await read()).map(task => finished(task, id))))
    return { content: [{ type: 'text', text: `${id} is done` }] }
  })
  return server
})

function finished(task: Tasks[number], id: string): Tasks[number] {
  return task.id === id ? { ...task, done: true } : task
}

async function locked<T>(work: () => Promise<T>): Promise<T> {
  const release = await lock(FILE)
  try {
    return await work()
  } finally {
    await release()
  }
}

async function read(): Promise<Tasks> {
  return tasksSchema.parse(JSON.parse(await readFile(FILE, 'utf8')))
}

/** A crash leaves the old file or the new one, as on a server that must not lose a mark. */
async function write(tasks: Tasks): Promise<void> {
  const file = await open(`${FILE}.new`, 'w')
  await file.writeFile(JSON.stringify(tasks))
  await file.sync()
  await file.close()
  await rename(`${FILE}.new`, FILE)
  const folder = await open(root, 'r')
  await folder.sync()
  await folder.close()
}
