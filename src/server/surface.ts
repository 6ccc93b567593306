import type { Surface } from '../workflow/call.ts'

/** To a model, steps are tools. There is no person to ask on this side. */
export const toolSurface: Surface = {
  tell: (step, args) => {
    const tests = args?.tests ? ` and tests ${args.tests.join(', ')}` : ''
    return `call ${step}${args ? ` with task ${args.task}${tests}` : ''}`
  },
}
