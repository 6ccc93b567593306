import type { Board, FeatureView } from '../wire.ts'
import { Documents } from './documents.tsx'
import { useData, type Live } from './live-data.ts'
import { Bar, Note } from './parts.tsx'
import { Plan } from './plan.tsx'
import { hrefOf, type Route } from './route.ts'
import { Task } from './task.tsx'
import { Verification } from './verification.tsx'

const TABS = [
  ['plan', 'Plan'],
  ['documents', 'Documents'],
  ['verification', 'Verification'],
] as const

/** The views of one feature. */
export function Feature({ route, board, live }: { route: Route; board: Board; live: Live }) {
  const workspace = board.workspaces.find(({ name }) => name === route.workspace)
  const summary = workspace?.features.find(({ key }) => key === route.feature)
  if (!workspace || !summary) return <Note>There is no such feature any more.</Note>
  if (summary.problem !== null) return <p class="problem">{summary.problem}</p>
  if (route.view === 'task')
    return (
      <Task
        key={route.name}
        place={{ workspace, feature: summary }}
        name={route.name}
        board={board}
        live={live}
      />
    )
  return <Tabs key={summary.key} route={route} title={summary.title} live={live} />
}

function Tabs({ route, title, live }: { route: Route; title: string; live: Live }) {
  const query = { workspace: route.workspace, feature: route.feature }
  const { data, problem } = useData('feature', query, live.revision)
  return (
    <>
      <header class="feature">
        <h1>{title}</h1>
        {data ? <Facts feature={data} /> : <p class="facts" />}
        <nav class="tabs" aria-label="Views of the feature">
          {TABS.map(([view, name]) => (
            <a
              key={view}
              href={hrefOf(view, route.workspace, route.feature)}
              aria-current={route.view === view ? 'page' : undefined}
            >
              {name}
            </a>
          ))}
        </nav>
      </header>
      {problem !== undefined && <p class="problem">{problem}</p>}
      {!data && problem === undefined && <Note>Loading…</Note>}
      {data && <View route={route} feature={data} live={live} />}
    </>
  )
}

function Facts({ feature: { progress, dialect, id, halted } }: { feature: FeatureView }) {
  const { waived, claimed, owed } = progress
  return (
    <>
      <p class="facts">
        <Bar {...progress} label="Progress of the feature" />
        <span>
          {id} · {dialect}
        </span>
        {waived > 0 && <span>{waived} waived</span>}
        {claimed > 0 && <span>{claimed} claimed without proof</span>}
        {owed > 0 && <span>{owed} with pending tests</span>}
      </p>
      {halted !== null && <p class="problem">Halted: {halted}</p>}
    </>
  )
}

function View({ route, feature, live }: { route: Route; feature: FeatureView; live: Live }) {
  const { workspace, name } = route
  const { key } = feature
  if (route.view === 'documents')
    return <Documents feature={feature} workspace={workspace} name={name} live={live} />
  if (route.view === 'verification') return <Verification query={{ workspace, feature: key }} />
  return <Plan feature={feature} hrefFor={task => hrefOf('task', workspace, key, task)} />
}
