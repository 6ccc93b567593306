import { markCompleteTool } from './mark-complete.ts'
import { nextTaskTool } from './next-task.ts'
import { readDocumentTool } from './read-document.ts'
import { recordGreenTool } from './record-green.ts'
import { recordRedTool } from './record-red.ts'
import { reportFailureTool } from './report-failure.ts'
import { runValidationTool } from './run-validation.ts'
import type { AnyTool } from './tool.ts'

/** Every tool, in the order of the loop. */
export const tools: AnyTool[] = [
  nextTaskTool,
  recordRedTool,
  recordGreenTool,
  markCompleteTool,
  runValidationTool,
  reportFailureTool,
  readDocumentTool,
]
