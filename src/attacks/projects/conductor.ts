import type { Files } from './project.ts'
import type { Sandbox } from '../sandbox.ts'

export const REGISTRY = 'conductor/tracks.md'

/** A conductor track whose first phase ends with a check by a human. */
export function track(): Files {
  const folder = 'conductor/tracks/walks_20260301'
  const metadata = {
    track_id: 'walks_20260301',
    type: 'feature',
    status: 'new',
    description: 'Walks',
  }
  return {
    [REGISTRY]: `# Tracks\n\n- [ ] **Track: Walks**\n*Link: [./tracks/walks_20260301/](./tracks/walks_20260301/)*\n`,
    'conductor/product.md': '# Product\n',
    'conductor/tech-stack.md': '# Stack\n',
    'conductor/workflow.md': '# Workflow\n',
    [`${folder}/spec.md`]: '# Walks\n',
    [`${folder}/metadata.json`]: JSON.stringify(metadata),
    [`${folder}/plan.md`]:
      "# Plan\n\n## Phase 1: Notes\n\n- [ ] Task: Create documentation in notes.txt\n- [ ] Task: Conductor - User Manual Verification 'Phase 1: Notes' (Protocol in workflow.md)\n\n## Phase 2: More\n\n- [ ] Task: Create documentation in more.txt\n",
  }
}

/** Finishes the first task of the track; a human must check its phase next. */
export async function finishNotes(sandbox: Sandbox): Promise<void> {
  const { data } = await sandbox.work('next_task')
  const task = String(Reflect.get(Object(data['task']), 'id'))
  sandbox.write('notes.txt', 'A walk.\n')
  await sandbox.work('record_green', { task })
  await sandbox.work('mark_complete', { task })
}
