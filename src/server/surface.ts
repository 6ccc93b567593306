import type { Surface } from '../workflow/call.ts'

/** To a model, steps are tools. There is no person to ask on this side. */
export const toolSurface: Surface = {
  tell: (step, argument) => `call ${step}${argument ? ` with task ${argument.task}` : ''}`,
}
