import { useEffect } from 'preact/hooks'
import type { Board, FeatureSummary, WorkspaceView } from '../wire.ts'
import { Feature } from './feature.tsx'
import { Inbox, itemsOf } from './inbox.tsx'
import { takeNews, useLive, type Live } from './live-data.ts'
import { Bar, Note } from './parts.tsx'
import { hrefOf, useRoute, type Route } from './route.ts'
import { Runs } from './runs.tsx'
import { say, StatusLine } from './status-line.tsx'
import { TokenForm } from './token-form.tsx'

/** The live page of `redgreen serve`. */
export function Page() {
  const live = useLive()
  const route = useRoute()
  const waiting = live.board ? itemsOf(live.board).length : 0
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) redgreen` : 'redgreen'
  }, [waiting])
  useEffect(() => {
    const version = takeNews()
    if (version !== undefined)
      say(`The server was updated to ${version}; this page is the new one.`)
  }, [])
  useKeys()
  return (
    <div class="frame">
      <a class="skip" href="#main" onClick={focusMain}>
        Skip to the content
      </a>
      <aside>
        <p class="brand">
          <span class="dot red" aria-hidden="true" />
          <span class="dot green" aria-hidden="true" /> redgreen
        </p>
        <Navigation board={live.board} route={route} waiting={waiting} />
        <p class="connection dim">
          {live.isConnected && live.board ? `Live · ${live.board.version}` : ''}
        </p>
      </aside>
      <main id="main" tabIndex={-1}>
        <div class="banner" role="status">
          {live.isConnected
            ? ''
            : 'Connection lost. Trying again… What is shown here may be out of date.'}
        </div>
        <View live={live} route={route} />
      </main>
      <StatusLine />
    </div>
  )
}

function View({ live, route }: { live: Live; route: Route }) {
  const { board, refused } = live
  if (refused !== undefined)
    return (
      <>
        <p class="problem">{refused}</p>
        <TokenForm onToken={live.refresh} />
      </>
    )
  if (!board) return <Note>Loading…</Note>
  if (route.view === 'runs') return <Runs board={board} onToken={live.refresh} />
  if (route.view === 'inbox') return <Inbox board={board} live={live} />
  return <Feature route={route} board={board} live={live} />
}

function Navigation({
  board,
  route,
  waiting,
}: {
  board: Board | undefined
  route: Route
  waiting: number
}) {
  const runs = board?.workspaces.reduce((sum, workspace) => sum + workspace.runs.length, 0) ?? 0
  return (
    <nav aria-label="Main">
      <ul>
        <li>
          <a href={hrefOf('inbox')} aria-current={route.view === 'inbox' ? 'page' : undefined}>
            Inbox {waiting > 0 && <span class="count waits">{waiting}</span>}
          </a>
        </li>
        <li>
          <a href={hrefOf('runs')} aria-current={route.view === 'runs' ? 'page' : undefined}>
            Runs {runs > 0 && <span class="count">{runs}</span>}
          </a>
        </li>
      </ul>
      {board?.workspaces.map(workspace => (
        <Workspace key={workspace.root} workspace={workspace} route={route} />
      ))}
    </nav>
  )
}

function Workspace({ workspace, route }: { workspace: WorkspaceView; route: Route }) {
  return (
    <section class="workspace">
      <h2 title={workspace.root}>{workspace.name}</h2>
      {workspace.problem !== null && <p class="problem">{workspace.problem}</p>}
      <ul>
        {workspace.features.map(feature => (
          <li key={feature.key}>
            <FeatureLink workspace={workspace.name} feature={feature} route={route} />
          </li>
        ))}
      </ul>
      {workspace.features.length === 0 && workspace.problem === null && (
        <p class="dim">No plan yet.</p>
      )}
    </section>
  )
}

function FeatureLink({
  workspace,
  feature,
  route,
}: {
  workspace: string
  feature: FeatureSummary
  route: Route
}) {
  const { key, title, progress, waits, halted } = feature
  const isCurrent = route.workspace === workspace && route.feature === key
  return (
    <a href={hrefOf('plan', workspace, key)} aria-current={isCurrent ? 'page' : undefined}>
      <span class="name">
        {title}
        {waits.length > 0 && (
          <span class="count waits" title="Waits for you">
            {waits.length}
          </span>
        )}
        {halted !== null && <span class="count bad">halted</span>}
      </span>
      {progress && <Bar {...progress} label={`Progress of ${title}`} />}
    </a>
  )
}

function focusMain(event: Event): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('#main')?.focus()
}

const KEYS: Readonly<Record<string, () => void>> = {
  i: () => (location.hash = hrefOf('inbox')),
  r: () => (location.hash = hrefOf('runs')),
  '/': () => document.querySelector<HTMLElement>('#search')?.focus(),
  j: () => moveInList(1),
  k: () => moveInList(-1),
}

/** `i` and `r` open the inbox and the runs, `/` searches, `j` and `k` go through the tasks. Not while somebody types. */
function useKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event
      const isTyping = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
      const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key]
      if (isTyping || !act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

function moveInList(by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('.tasks a')]
  const at = links.findIndex(link => link === document.activeElement)
  links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
}
