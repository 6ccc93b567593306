/** May a feature in this phase be implemented? */
export function canImplement({ phase }: { phase: string }): boolean {
  return phase === 'tasks' || phase === 'implement'
}

/** The commands of the workflow that lead from a phase to a tasks.md. */
export function remedyForPhase(phase: string, id: string): string {
  const done = PHASES.indexOf(phase)
  const left = PHASES.slice(Math.max(done, 0) + 1)
  const steps = left.length === 0 || done < 0 ? ['tasks'] : left
  const commands = steps.map(step => `\`specflow ${step} ${id}\``)
  return `Run ${commands.join(', then ')} first.`
}

/** In order, up to the one that creates the tasks. */
const PHASES = ['none', 'specify', 'plan', 'tasks']
