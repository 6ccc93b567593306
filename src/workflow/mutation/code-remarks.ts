import type { EventOf } from '../../evidence/event.ts'
import type { ChangedFile } from '../../mutation/mutants.ts'
import type { Context } from '../context/context.ts'
import type { ChangedCode } from './changed-code.ts'
import type { ProvenChange } from './proven-change.ts'
import { testAwareCode } from './test-aware-code.ts'
import { unwrittenFunctions } from './unwritten-functions.ts'

/** What a reader should know about the code of a task, and no change of the code shows. */
export async function codeRemarks(
  context: Context,
  change: ProvenChange,
  { sources, code }: { sources: readonly ChangedFile[]; code: ChangedCode | string },
): Promise<Pick<EventOf<'mutation'>, 'testAware' | 'unwritten'>> {
  const testAware = await testAwareCode(context, change, sources)
  const stubs = typeof code === 'string' ? [] : code.stubs
  const unwritten = await unwrittenFunctions(context, change, stubs)
  return {
    ...(testAware.length > 0 && { testAware }),
    ...(unwritten.length > 0 && { unwritten }),
  }
}
