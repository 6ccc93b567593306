import { render } from 'preact'
import { App } from './app.tsx'
import { takeToken } from './connection.ts'
import { Page } from './page.tsx'

// Inside another page it is an app of an MCP host: it reads what the host passes on, and decides nothing.
const isApp = window.parent !== window
if (!isApp) takeToken()
const root = document.querySelector('#root')
if (root) render(isApp ? <App /> : <Page />, root)
