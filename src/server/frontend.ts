import type { Frontend } from '../workflow/context/call.ts'

/** To a model, steps are tools. There is no person to ask on this side. */
export const toolFrontend: Frontend = {
  describeStep: (step, args) => {
    const tests = args?.tests ? ` and tests ${args.tests.join(', ')}` : ''
    const late = args?.late ? ' and late true' : ''
    return `call ${step}${args ? ` with task ${args.task}${tests}${late}` : ''}`
  },
}
