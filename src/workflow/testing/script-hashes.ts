import { hashOf } from '../../evidence/chain.ts'
import { scriptWith } from '../../runner/test-script/package-script.ts'
import type { TestRunner } from './package-runner.ts'

/** The options with which the test script calls the framework and Node. */
export function optionsInScript({ framework, package: own }: TestRunner): string[] {
  const uses = scriptWith(own.view.manifest, framework.name)?.uses ?? []
  return uses
    .filter(use => use.framework === framework.name)
    .flatMap(({ nodeFlags, options, env }) => [
      ...nodeFlags,
      ...options.flatMap(({ words }) => words),
      ...(env['NODE_OPTIONS'] ?? '').split(/\s+/),
    ])
}

/** The scripts that call the framework, beyond those of its own list. */
export function scriptHashes(
  { framework, package: own }: TestRunner,
  inPackage: (file: string) => string,
): Record<string, string> {
  const script = scriptWith(own.view.manifest, framework.name)
  const keys = (script?.names ?? []).map(name => `scripts.${name}`)
  return Object.fromEntries(
    keys
      .filter(key => !framework.manifestKeys.includes(key))
      .map(key => [`${inPackage('package.json')}#${key}`, hashOfPart(own.view.manifest, key)]),
  )
}

/** Hash of a part of package.json. `key` is a path such as `jest.transform`. */
export function hashOfPart(manifest: Record<string, unknown> | undefined, key: string): string {
  let part: unknown = manifest
  for (const name of key.split('.')) {
    const entries = new Map(typeof part === 'object' && part !== null ? Object.entries(part) : [])
    part = entries.get(name)
  }
  return part === undefined ? 'absent' : hashOf(part)
}
