import type { Frontend } from '../workflow/context/call.ts'

/** Describes steps to a model as tools. A tool call has no terminal, so there is no human to ask. */
export const toolFrontend: Frontend = {
  describeStep: (step, args) => {
    const files = step === 'record_red' ? ' and its test files' : ''
    const tests = args?.tests ? ` and tests ${args.tests.join(', ')}` : files
    const late = args?.late ? ' and late: true' : ''
    return `call ${step}${args ? ` with task ${args.task}${tests}${late}` : ''}`
  },
}
