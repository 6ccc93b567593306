import { readBytes } from './read-file.ts'
import { git } from './git.ts'
import type { Workspace } from './workspace.ts'

/**
 * Is this file likely to hold secrets, judged by its name? Such files stay out of snapshots unless they are added to git. `undefined` if
 * its content decides.
 */
export function isSecretByName(file: string): boolean | undefined {
  const name = nameOf(file)
  if (isSecretName(file)) return true
  return name === '.npmrc' || (KEY_NAME.test(name) && !EXAMPLE.test(name)) ? undefined : false
}

/** The same for a file whose content decides. */
export function isSecretByContent(file: string, absolute: string): boolean {
  const text = textOf(absolute)
  if (nameOf(file) === '.npmrc') return /_auth|_password|:_secret/i.test(text)
  return text.includes('PRIVATE KEY')
}

/** Both questions. `absolute` is read only if the name alone does not decide. */
export function holdsSecrets(file: string, absolute: string): boolean {
  return isSecretByName(file) ?? isSecretByContent(file, absolute)
}

const KEY_NAME = /^id_\w+$/

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).toLowerCase()
}

/** Templates that every repository shares, and code. */
const EXAMPLE =
  /^\.env\..*(?:\.[cm]?[jt]sx?|\.py|\.rb|\.php)$|^\.env\.(?:[cm]?[jt]sx?|py|rb|php)$|\.(?:example|sample|template|dist|defaults?)$/

const BY_NAME =
  /^(?:\.env(?:\..+)?|\.envrc|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|(?:[\w.-]+_)?credentials[^/]*\.json|service[-_]account[^/]*\.json|kubeconfig|\.(?:netrc|pypirc|git-credentials|pgpass|my\.cnf|htpasswd|dockercfg|s3cfg|boto|vault-token))$|\.(?:pem|key|p12|pfx|jks|keystore|ppk|kdbx|tfstate|tfvars)$/

/** Folders in which programs keep their credentials, if somebody copied one into the project. */
const BY_FOLDER = /(?:^|\/)\.(?:aws|ssh|gnupg|kube|docker)\/[^/]+$/i

function textOf(absolute: string): string {
  return readBytes(absolute)?.subarray(0, 65_536).toString('latin1') ?? ''
}

/**
 * Files in the trees below a reference namespace that are likely to hold secrets by their name and that are not in git otherwise; sorted.
 */
export async function secretPathsIn(workspace: Workspace, references: string): Promise<string[]> {
  const objects = await git(workspace, ['rev-list', '--objects', `--glob=${references}/*`])
  const paths = (objects ?? '').split('\n').map(line => line.slice(line.indexOf(' ') + 1))
  // The listing names folders too.
  const folders = new Set(paths.map(file => file.slice(0, Math.max(0, file.lastIndexOf('/')))))
  const secret = paths.filter(file => isSecretName(file) && !folders.has(file))
  if (secret.length === 0) return []
  const added = new Set(((await git(workspace, ['ls-files', '-z'])) ?? '').split('\0'))
  return [...new Set(secret)].filter(file => !added.has(file)).sort()
}

function isSecretName(file: string): boolean {
  const name = nameOf(file)
  return !EXAMPLE.test(name) && (BY_NAME.test(name) || BY_FOLDER.test(file))
}
