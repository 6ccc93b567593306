import { realpathSync } from 'node:fs'
import { formatList } from '../../plan/format-list.ts'
import type { OwnSources } from '../../runner/framework.ts'
import { probeSources } from '../../runner/own-sources.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { runOptions } from './project-command.ts'
import type { TestRunner } from './package-runner.ts'

/** Thrown if a run in a checkout may not have used the sources of the checkout, so that it proves nothing. */
export class Unverifiable extends Refusal {
  constructor(fact: string, remedy: string) {
    super('check_fails', fact, 'The result would prove nothing, so there is none.', remedy)
  }
}

/** Makes sure that tests in a checkout import its own modules; `undefined` in the workspace itself, and for most languages. */
export async function ownSourcesIn(
  context: Context,
  { framework }: TestRunner,
  { root, cwd }: { root: string; cwd: string },
): Promise<OwnSources | undefined> {
  const workspace = (context.origin ?? context.workspace).root
  if (root === workspace) return undefined
  const place = { root: realpathSync(root), cwd: realpathSync(cwd), workspace }
  const { timeoutMs, signal, register } = runOptions(context)
  const probe = await probeSources(framework, place, { timeoutMs, signal, register })
  context.call.signal.throwIfAborted()
  if (!probe) return undefined
  if (probe.outside.length > 0)
    throw new Unverifiable(
      `In a checkout of earlier sources, ${formatList(probe.outside, 3)} would still be imported from the workspace, because the workspace is installed in its own environment.`,
      'A human can set commands.prepare in the settings, which installs the dependencies in the checkout itself.',
    )
  return probe.sources
}
