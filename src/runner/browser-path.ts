import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { absoluteFolders } from './program.ts'

/** Path of the browser: `configured` if it is given and can be run, otherwise the first Chromium, Chrome or Edge on this machine. */
export function findBrowser(configured: string | undefined): string | undefined {
  if (configured !== undefined) return isProgram(configured) ? configured : undefined
  const folders = absoluteFolders(process.env['PATH'])
  const onPath = folders.flatMap(folder => NAMES.map(name => path.join(folder, name)))
  return [...onPath, ...usualPaths()].find(isProgram)
}

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
]

function usualPaths(): string[] {
  const { env } = process
  const windows = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
  return [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ...windows.flatMap(folder =>
      folder === undefined
        ? []
        : [
            path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
            path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
          ],
    ),
  ]
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
