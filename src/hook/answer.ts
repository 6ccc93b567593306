import type { Decision } from './decide.ts'
import type { HookCall } from './payload.ts'

/** The answer in the form that the client reads; `undefined` prints nothing, which is not an opinion. */
export function answerFor(
  { client, event, name }: HookCall,
  decision: Decision,
): object | undefined {
  if (!decision) return undefined
  const { say, text } = decision
  switch (client) {
    case 'cursor':
      return cursorAnswer(say, text)
    case 'gemini':
      if (say === 'deny') return { decision: 'deny', reason: text }
      if (say === 'continue') return { decision: 'deny', reason: text }
      return { hookSpecificOutput: { hookEventName: name, additionalContext: text } }
    case 'copilot-cli':
      if (say === 'deny') return { permissionDecision: 'deny', permissionDecisionReason: text }
      if (say === 'continue') return { decision: 'block', reason: text }
      return { additionalContext: text }
    case 'vscode':
      if (say !== 'continue') return claudeAnswer(event, name, say, text)
      return {
        decision: 'block',
        reason: text,
        hookSpecificOutput: { hookEventName: name, decision: 'block', reason: text },
      }
    default:
      return claudeAnswer(event, name, say, text)
  }
}

type Say = NonNullable<Decision>['say']

/** Also of Codex. */
function claudeAnswer(event: HookCall['event'], name: string, say: Say, text: string): object {
  if (say === 'continue') return { decision: 'block', reason: text }
  const hookEventName = event === 'tool' ? 'PreToolUse' : name
  return say === 'deny'
    ? {
        hookSpecificOutput: {
          hookEventName,
          permissionDecision: 'deny',
          permissionDecisionReason: text,
        },
      }
    : { hookSpecificOutput: { hookEventName, additionalContext: text } }
}

function cursorAnswer(say: Say, text: string): object {
  if (say === 'deny') return { permission: 'deny', user_message: text, agent_message: text }
  if (say === 'continue') return { followup_message: text }
  return say === 'context' ? { additional_context: text } : { agent_message: text }
}
