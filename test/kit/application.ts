import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import { findBrowser } from '../../src/runner/browser-path.ts'
import { loadContext } from '../../src/workflow/context/load-context.ts'
import {
  checkApplication,
  type ApplicationResult,
} from '../../src/workflow/validation/application/gates.ts'
import type { Gate } from '../../src/workflow/validation/gate.ts'
import { processesIn } from './descendants.ts'
import { makeProject, TASKS, type Project } from './project.ts'

/** Whether a browser is installed. Tests that need one are skipped without it. */
export const hasBrowser = findBrowser(undefined) !== undefined

/** A small feature whose application is described by the settings. */
export function applicationProject(
  files: Record<string, string>,
  validation: Record<string, unknown>,
): Project {
  return makeProject(
    {
      [TASKS]: '# Tasks\n\n## Phase 1: Core\n\n- [X] T001 Write the application in server.mjs\n',
      'specs/001-stack/plan.md': '# Plan\n',
      'redgreen.config.json': JSON.stringify({ validation }),
      ...files,
    },
    { git: false },
  )
}

/** Checks the gates of the application in this process, and that no process is left afterwards. */
export async function see(
  project: Project,
  controller = new AbortController(),
): Promise<ApplicationResult> {
  onTestFinished(() => controller.abort())
  const context = await loadContext({
    root: project.root,
    holder: { id: 'test', name: 'test', host: 'here', pid: process.pid, startTime: '' },
    frontend: { describeStep: step => `call ${step}` },
    signal: controller.signal,
    note: () => {},
  })
  try {
    return await checkApplication(context)
  } finally {
    expect(await leftIn(project.root)).toEqual([])
  }
}

/** The gates that did not pass, with what they found. */
export function failed(seen: ApplicationResult): Record<string, string[]> {
  const gates = seen.gates.filter(gate => !gate.passed)
  return Object.fromEntries(gates.map(({ name, findings }) => [name, findings]))
}

export function gate(seen: ApplicationResult, name: Gate['name']): Gate | undefined {
  return seen.gates.find(gate => gate.name === name)
}

/** Processes that still work in a folder, after a moment to be gone. */
async function leftIn(folder: string): Promise<number[]> {
  for (let tries = 0; tries < 40 && processesIn(folder).length > 0; tries++) await wait(50)
  return processesIn(folder)
}

/** Another program of this machine that hears what it is asked; gives its port. */
export function listening(asked: (url: string) => void): Promise<number> {
  return new Promise(resolve => {
    const server = createServer((request, response) => {
      asked(request.url ?? '')
      response.end()
    })
    server.on('upgrade', (request, socket) => {
      asked(request.url ?? '')
      socket.destroy()
    })
    onTestFinished(() => void server.close())
    server.listen(0, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
