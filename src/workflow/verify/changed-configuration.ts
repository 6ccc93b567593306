import type { Event } from '../../evidence/event.ts'
import { changedDuringFeature, olderTestOf } from '../../evidence/check-configuration.ts'
import { isConfigurationFile } from '../../plan/file-role.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import type { Classified } from './evidence-group.ts'

/**
 * Settings and configuration of the test runner that changed between two steps, each with the task in which that was first seen,
 * and other check configuration and older tests that changed during the feature.
 */
export function changedConfiguration(events: readonly Event[]): Classified[] {
  const known = new Map<string, string>()
  const changed = new Map<string, Classified>()
  for (const event of events) {
    if (!('task' in event) || !('settings' in event)) continue
    const { task, settings } = event
    const frozen = event.kind === 'red' || event.kind === 'green' ? event.frozen : {}
    for (const [file, hash] of Object.entries({ [SETTINGS_FILE]: settings, ...frozen })) {
      if (!isConfiguration(file)) continue
      if ((known.get(file) ?? hash) !== hash && !changed.has(file))
        changed.set(file, { class: 'configuration-changed', task, name: `${task} (${file})` })
      known.set(file, hash)
    }
  }
  const otherKeys = changedDuringFeature(events).filter(key => !changed.has(key))
  return [
    ...changed.values(),
    ...otherKeys.map((name): Classified => {
      const test = olderTestOf(name)
      return test === undefined
        ? { class: 'configuration-changed', name }
        : { class: 'tests-changed', name: test }
    }),
  ]
}

/** `package.json#key` is a part of a file that configures the runner. Snapshots and tests inside source files are not configuration. */
function isConfiguration(file: string): boolean {
  return file === SETTINGS_FILE || isConfigurationFile(file.split('#', 1)[0] ?? file)
}
