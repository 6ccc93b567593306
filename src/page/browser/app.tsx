import { useEffect, useState } from 'preact/hooks'
import type { FeatureView, TaskRow } from '../wire.ts'
import { Host } from './host.ts'
import { Bar, Note } from './parts.tsx'
import { Plan } from './plan.tsx'

/** The status of a feature, as the document `progress` has it. */
interface Status {
  feature: { id: string; title: string; dialect: string; evidence: string }
  progress: FeatureView['progress']
  halted: { task: string; error: string } | null
  waitsForHuman: { what: string; command: string }[]
  problems: { path: string; line: number; text: string }[]
  tasks: (Omit<TaskRow, 'location' | 'isReady' | 'optional'> & {
    optional?: boolean
    location: { path: string; line: number }
  })[]
}

/** The plan inside an MCP host. Read-only: the host's model could click here too. */
export function App() {
  const [status, setStatus] = useState<Status>()
  const [problem, setProblem] = useState('')
  useEffect(() => {
    const host: Host = new Host((method, params) => {
      if (method === 'ui/notifications/host-context-changed') applyTheme(params)
      if (method === 'ui/notifications/tool-result')
        readStatus(host, featureIn(params)).then(setStatus, (error: unknown) =>
          setProblem(error instanceof Error ? error.message : 'The host gives no data.'),
        )
    })
    void start(host)
  }, [])
  if (problem !== '') return <p class="problem">{problem}</p>
  if (!status) return <Note>Waiting for the host…</Note>
  return (
    <main class="app">
      <h1>{status.feature.title}</h1>
      <p class="facts">
        <Bar {...status.progress} label="Progress of the feature" />
        <span>{status.feature.id}</span>
        {status.halted && <span>halted: {status.halted.task}</span>}
      </p>
      {status.waitsForHuman.map(({ what, command }) => (
        <p class="card waits" key={command + what}>
          {what} <code>{command}</code>
        </p>
      ))}
      <Plan feature={asView(status)} />
    </main>
  )
}

async function start(host: Host): Promise<void> {
  const answer = await host.request('ui/initialize', {
    protocolVersion: '2026-01-26',
    appInfo: { name: 'redgreen', version: '1' },
    appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
  })
  applyTheme(fieldOf(answer, 'hostContext'))
  host.notify('ui/notifications/initialized', {})
  new ResizeObserver(() => {
    const { scrollWidth: width, scrollHeight: height } = document.documentElement
    host.notify('ui/notifications/size-changed', { width, height })
  }).observe(document.body)
}

/** The feature that a result is about: `next_task` names it. */
function featureIn(result: unknown): string | undefined {
  const id = fieldOf(fieldOf(fieldOf(result, 'structuredContent'), 'feature'), 'id')
  return typeof id === 'string' ? id : undefined
}

/** Pages of a document are joined; a host may limit the length of an answer. */
const MOST_PAGES = 60

async function readStatus(host: Host, feature: string | undefined): Promise<Status> {
  let text = ''
  let offset: unknown = 0
  for (let page = 0; page < MOST_PAGES && typeof offset === 'number'; page += 1) {
    const answer = await host.request('tools/call', {
      name: 'read_document',
      arguments: { document: 'progress', offset, ...(feature !== undefined && { feature }) },
    })
    const content = fieldOf(answer, 'structuredContent')
    const part = fieldOf(content, 'text')
    if (typeof part === 'string') text += part
    offset = fieldOf(content, 'nextOffset')
  }
  return JSON.parse(text)
}

function asView(status: Status): FeatureView {
  const { feature, progress, halted, problems, tasks } = status
  return {
    ...feature,
    key: feature.id,
    progress,
    halted: halted && `${halted.task} failed: ${halted.error}`,
    problems: problems.map(({ path, line, text }) => `${path}:${line} ${text}`),
    documents: [],
    tasks: tasks.map(task => ({
      ...task,
      isReady: false,
      optional: task.optional ?? false,
      location: `${task.location.path}:${task.location.line}`,
    })),
  }
}

function applyTheme(context: unknown): void {
  const theme = fieldOf(context, 'theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
