import path from 'node:path'
import { countOf } from '../../plan/format-list.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import { hasSnapshots } from '../../store/snapshot-references.ts'
import { toSlashes } from '../../store/workspace.ts'
import { foreignFiles } from '../context/problems.ts'
import type { DiagnosisResult, Location } from './result.ts'

/** The ledger of each feature, and what is not written yet. */
export async function ledgers({ workspace, state }: Location): Promise<DiagnosisResult[]> {
  const checks: DiagnosisResult[] = []
  for (const feature of featuresRecorded(state)) {
    const { events, damage, unmarked } = readLedger(state, feature)
    const snapshots = (await hasSnapshots(workspace, feature))
      ? 'in this clone'
      : 'not in this clone'
    const found = `${feature}: ${countOf(events.length, 'event')}, all valid; their snapshots are ${snapshots}`
    checks.push({ name: 'ledger', ok: true, found })
    for (const { path: file, line, text } of damage) {
      const place = toSlashes(path.relative(workspace.root, file))
      const remedy = `Compare the file with git and restore it: git checkout -- ${place}`
      checks.push({ name: 'ledger', ok: false, found: `${place}:${line} ${text}`, remedy })
    }
    for (const { marks } of unmarked) {
      const what = marks === undefined ? 'lines of the ledger are' : `the mark of ${marks} is`
      const pending = `${what} not written yet; the next call does it`
      checks.push({ name: 'marks', ok: true, found: pending })
    }
  }
  return checks.length > 0 ? checks : [{ name: 'ledger', ok: true, found: 'nothing recorded yet' }]
}

/** Files that the repository brought along where only this clone writes. */
export async function broughtFiles(location: Location): Promise<DiagnosisResult[]> {
  const problems = await foreignFiles(location)
  return problems.map(({ path: file, text }) => ({
    name: 'local',
    ok: false,
    found: `${file}: ${text}`,
  }))
}
