import { safeText } from '../../../runner/safe-text.ts'
import type { RemoteResult } from './remote-process.ts'

/** Why an exchange with the remote failed, as the end of a sentence. Addresses of remotes can contain passwords: they are left out. */
export function failureReason({ printed, ignored }: RemoteResult): string {
  const refused = REFUSED.exec(printed)?.[1]
  const reason =
    refused === undefined
      ? firstMessage(printed)
      : ['the remote refuses the reference', refused, REMOTE.exec(printed)?.[1]]
          .filter(Boolean)
          .join(': ')
  const note =
    ignored.length > 0
      ? ` (${ignored.join(', ')} of the repository's own configuration is not used; set it with git config --global)`
      : ''
  return `${safeText(withoutCredentials(reason)).slice(0, MAX_LENGTH)}${note}`
}

/** Whether another push or fetch had something locked, so that the same exchange can succeed a moment later. */
export function isLocked({ printed }: RemoteResult): boolean {
  return LOCKED.test(printed)
}

const LOCKED =
  /cannot lock ref|unable to update local ref|failed to (update|lock) ref|reference already exists|incorrect old value|\.lock': file exists/i

/** Whether git did not even send the change, because the reference has another value. */
export function isRejectedHere({ printed }: RemoteResult): boolean {
  return /\[rejected\] /.test(printed)
}

const REFUSED = /\[remote rejected\] \((.*)\)/
const REMOTE = /^remote: *(\S.*?)\s*$/m

/** The first line that says something; `ssh` prints the cause before git does. */
function firstMessage(printed: string): string {
  const lines = printed.split('\n').map(line => line.trim())
  const first = lines.find(line => line !== '' && !NOT_A_CAUSE.test(line)) ?? 'git failed'
  return first.replace(/^(fatal|error|remote|ERROR): */, '').replace(/[.:]$/, '')
}

const NOT_A_CAUSE = /^(warning|hint|To |Done$|From |error: failed to push)/

function withoutCredentials(text: string): string {
  return text.replaceAll(/\/\/[^\s/]*@/g, '//').replaceAll(/\?[^\s'"]*/g, '')
}

const MAX_LENGTH = 300
