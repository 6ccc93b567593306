import { Component } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { FeatureView, TaskRow } from '../wire.ts'
import { Bar, Note, Stage } from './parts.tsx'

const FILTERS: readonly { name: string; shows: (task: TaskRow) => boolean }[] = [
  { name: 'All', shows: () => true },
  { name: 'Open', shows: ({ stage, waived }) => stage !== 'done' && !waived },
  {
    name: 'In progress',
    shows: ({ holder, stage }) => holder !== null || stage === 'red' || stage === 'green',
  },
  { name: 'Ready', shows: ({ isReady }) => isReady },
  {
    name: 'Ticked without proof',
    shows: ({ claimed, waived, stage }) => (claimed && stage !== 'done') || waived,
  },
]

/** Every task by phase. `hrefOf` is left out where there is nothing to open. */
export function Plan({
  feature,
  hrefFor,
}: {
  feature: FeatureView
  hrefFor?: (task: string) => string
}) {
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState('All')
  const shown = useMemo(() => tasksFor(feature.tasks, search, filter), [feature, search, filter])
  return (
    <>
      {feature.problems.map(problem => (
        <p class="problem" key={problem}>
          {problem}
        </p>
      ))}
      <div class="tools">
        <input
          type="search"
          id="search"
          placeholder="Search tasks"
          aria-label="Search tasks"
          value={search}
          onInput={({ currentTarget: { value } }) => setSearch(value)}
        />
        <Filters filter={filter} onFilter={setFilter} />
        <span class="dim" role="status">
          {shown.length === feature.tasks.length
            ? `${shown.length} tasks`
            : `${shown.length} of ${feature.tasks.length} tasks`}
        </span>
      </div>
      {shown.length === 0 && <Note>No task fits.</Note>}
      {phasesOf(feature, shown).map(({ phase, tasks }) => (
        <section class="phase" key={phase.name}>
          <h2>
            <span>{phase.name || 'Tasks'}</span>
            <Bar {...phase} label={`Progress of ${phase.name || 'the tasks'}`} />
          </h2>
          <ul class="tasks">
            {tasks.map(task => (
              <Row key={task.id} task={task} href={hrefFor?.(task.id)} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Filters({ filter, onFilter }: { filter: string; onFilter: (name: string) => void }) {
  return (
    <div class="filters" role="group" aria-label="Show">
      {FILTERS.map(({ name }) => (
        <button
          type="button"
          key={name}
          aria-pressed={filter === name}
          onClick={() => onFilter(name)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}

interface RowProps {
  task: TaskRow
  href: string | undefined
}

/** Drawn again only if something about the task changed: a plan can have thousands. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate({ task, href }: RowProps): boolean {
    return href !== this.props.href || JSON.stringify(task) !== JSON.stringify(this.props.task)
  }

  override render({ task, href }: RowProps) {
    return <TaskLine task={task} href={href} />
  }
}

function TaskLine({ task, href }: RowProps) {
  const { id, title, kind, holder, dependsOn, stage } = task
  const text = (
    <>
      <span class="id">{id}</span> <span class="title">{title}</span>
    </>
  )
  return (
    <li class={task.isReady ? 'ready' : ''}>
      <Stage task={task} />
      {href === undefined ? (
        <span class="what">{text}</span>
      ) : (
        <a class="what" href={href}>
          {text}
        </a>
      )}
      <span class="flags">
        {holder && <span class="holder">{holder.name}</span>}
        {task.owed && <span>tests pending</span>}
        {task.changed !== null && <span>changed since its start</span>}
        {stage !== 'done' && dependsOn.length > 0 && <span>after {dependsOn.join(', ')}</span>}
        {task.parallel && stage !== 'done' && (
          <span title="It may run beside others">parallel</span>
        )}
        {task.optional && <span>optional</span>}
        <span class="kind">{kind}</span>
      </span>
    </li>
  )
}

function tasksFor(tasks: readonly TaskRow[], search: string, filter: string): TaskRow[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
  const { shows } = FILTERS.find(({ name }) => name === filter) ?? { shows: () => true }
  return tasks.filter(task => {
    const text =
      `${task.id} ${task.title} ${task.phase} ${task.kind} ${task.holder?.name ?? ''}`.toLowerCase()
    return shows(task) && words.every(word => text.includes(word))
  })
}

function phasesOf({ progress: { phases } }: FeatureView, tasks: readonly TaskRow[]) {
  const byPhase = new Map<string, TaskRow[]>()
  for (const task of tasks) {
    const own = byPhase.get(task.phase)
    if (own) own.push(task)
    else byPhase.set(task.phase, [task])
  }
  const unnamed = { name: '', done: 0, total: 0 }
  const known = phases.some(({ name }) => name === '') ? phases : [unnamed, ...phases]
  return known.flatMap(phase => {
    const own = byPhase.get(phase.name)
    return own ? [{ phase, tasks: own }] : []
  })
}
