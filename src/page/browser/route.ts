import { useEffect, useState } from 'preact/hooks'

/** What the page shows, as in its address. */
export interface Route {
  view: 'inbox' | 'runs' | 'plan' | 'task' | 'documents' | 'verification'
  workspace: string
  feature: string
  /** The task or the document. */
  name: string
}

const FEATURE_VIEWS = ['plan', 'task', 'documents', 'verification'] as const

/** The address of a view, such as `#/plan/app/001-chat`. */
export function hrefOf(
  view: Route['view'],
  workspace?: string,
  feature?: string,
  name?: string,
): string {
  const parts = [view, workspace, feature, name].filter(part => part !== undefined && part !== '')
  return `#/${parts.map(part => encodeURIComponent(part ?? '')).join('/')}`
}

function routeIn(hash: string): Route {
  const [view, workspace = '', feature = '', name = ''] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map(decoded)
  const known = FEATURE_VIEWS.find(one => one === view)
  if (known && feature !== '') return { view: known, workspace, feature, name }
  return { view: view === 'runs' ? 'runs' : 'inbox', workspace: '', feature: '', name: '' }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The current route. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const change = () => setHash(location.hash)
    addEventListener('hashchange', change)
    // It may have changed before this was called.
    change()
    return () => removeEventListener('hashchange', change)
  }, [])
  return routeIn(hash)
}
