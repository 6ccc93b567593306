import process from 'node:process'
import type { Settings } from '../settings.ts'

/** A store that several clones share, as the settings or the environment name it. */
export type SharedStore =
  | { store: 'postgres'; url: string; isFromEnvironment: boolean; project: string | undefined }
  | { store: 'git'; remote: string; project: string | undefined }

/** The shared store; `undefined` if the work is in one clone. REDGREEN_SHARED_URL comes before the settings. */
export function sharedStore({ shared }: Settings): SharedStore | undefined {
  const url = process.env['REDGREEN_SHARED_URL'] ?? ''
  const project = shared?.project
  if (url !== '')
    return isPostgres(url)
      ? { store: 'postgres', url, isFromEnvironment: true, project }
      : { store: 'git', remote: url, project }
  if (shared?.store === 'git') return { store: 'git', remote: shared.remote, project }
  if (shared?.store === 'postgres')
    return { store: 'postgres', url: shared.url ?? '', isFromEnvironment: false, project }
  return undefined
}

/** A store for humans: without the user, the password and the options of its address. */
export function describeStore(shared: SharedStore): string {
  if (shared.store === 'git') return `git remote ${withoutCredentials(shared.remote)}`
  const { host, pathname } = URL.canParse(shared.url)
    ? new URL(shared.url)
    : { host: '', pathname: '' }
  return `PostgreSQL ${host}${pathname}`
}

function withoutCredentials(remote: string): string {
  return remote.replace(/^([a-z+]+:\/\/)\S*@/i, '$1').replace(/[?#].*$/, '')
}

function isPostgres(url: string): boolean {
  return /^postgres(?:ql)?:/i.test(url)
}
