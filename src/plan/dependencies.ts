import type { Problem, Task } from './plan.ts'

/** Problems in the dependencies of `tasks`: ids that do not exist, and cycles. */
export function dependencyProblems(tasks: readonly Task[]): Problem[] {
  return [...unknownIds(tasks), ...cyclic(tasks)]
}

function unknownIds(tasks: readonly Task[]): Problem[] {
  const known = new Set(tasks.map(task => task.id))
  return tasks.flatMap(task => {
    const missing = task.dependsOn.filter(id => !known.has(id))
    if (missing.length === 0) return []
    const text = `${task.id} depends on ${missing.join(', ')}, which the plan does not have.`
    return [{ ...task.location, text, blocks: [task.id] }]
  })
}

function cyclic(tasks: readonly Task[]): Problem[] {
  const byId = new Map(tasks.map(task => [task.id, task]))
  return cycles(byId).map(members => {
    const first = byId.get(members[0] ?? '')
    const { path, line } = first?.location ?? { path: '', line: 0 }
    const text = `${members.join(', ')} depend on each other in a cycle.`
    return { path, line, text, blocks: members }
  })
}

interface Visit {
  id: string
  next: number
}

/** Groups of ids that depend on each other, each in file order. Tarjan's algorithm with an explicit stack: a chain may be 20,000 long. */
function cycles(byId: ReadonlyMap<string, Task>): string[][] {
  const known = (task: Task) => task.dependsOn.filter(id => byId.has(id))
  const search = new Search(new Map([...byId].map(([id, task]) => [id, known(task)])))
  for (const id of byId.keys()) search.from(id)
  const position = new Map([...byId.keys()].map((id, index) => [id, index]))
  return search.found.map(group =>
    group.toSorted((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0)),
  )
}

class Search {
  readonly found: string[][] = []
  private readonly graph: ReadonlyMap<string, readonly string[]>
  private readonly index = new Map<string, number>()
  private readonly low = new Map<string, number>()
  private readonly open: string[] = []
  private readonly isOpen = new Set<string>()

  constructor(graph: ReadonlyMap<string, readonly string[]>) {
    this.graph = graph
  }

  from(root: string): void {
    if (this.index.has(root)) return
    const path = [this.enter(root)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const target = this.targets(visit.id)[visit.next]
      visit.next += 1
      if (target === undefined) {
        path.pop()
        this.leave(visit.id, path.at(-1)?.id)
      } else if (!this.index.has(target)) path.push(this.enter(target))
      else if (this.isOpen.has(target)) this.lower(visit.id, this.index.get(target) ?? 0)
    }
  }

  private enter(id: string): Visit {
    this.low.set(id, this.index.size)
    this.index.set(id, this.index.size)
    this.open.push(id)
    this.isOpen.add(id)
    return { id, next: 0 }
  }

  private leave(id: string, parent: string | undefined): void {
    const low = this.low.get(id) ?? 0
    if (parent !== undefined) this.lower(parent, low)
    if (low !== this.index.get(id)) return
    const group = this.open.splice(this.open.lastIndexOf(id))
    for (const member of group) this.isOpen.delete(member)
    if (group.length > 1 || this.targets(id).includes(id)) this.found.push(group)
  }

  private lower(id: string, value: number): void {
    this.low.set(id, Math.min(this.low.get(id) ?? value, value))
  }

  private targets(id: string): readonly string[] {
    return this.graph.get(id) ?? []
  }
}
