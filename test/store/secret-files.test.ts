import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { readSnapshot, storeTreeInGit } from '../../src/store/snapshot.ts'
import { secretPathsIn } from '../../src/store/secret-files.ts'
import { REFERENCES } from '../../src/store/snapshot-references.ts'
import { listSources } from '../../src/store/source-list.ts'
import { stateOf } from '../../src/store/state.ts'
import { takeTree } from '../../src/store/tree.ts'
import { pushSnapshots } from '../../src/workflow/push-snapshots.ts'
import { connect } from '../kit/assistant.ts'
import { callAt } from '../kit/call.ts'
import { runCommand } from '../kit/program.ts'
import { makeProject, stackProject } from '../kit/project.ts'

const SECRET = {
  '.env': 'A=1',
  '.env.local': 'A=1',
  'app/.env.production': 'A=1',
  'certs/server.pem': 'x',
  'certs/server.key': 'x',
  'certs/server.p12': 'x',
  id_rsa: 'x',
  id_ed25519: 'x',
  id_deploy: '-----BEGIN OPENSSH PRIVATE KEY-----\n',
  '.npmrc': '//registry.npmjs.org/:_authToken=x\n',
  'credentials.json': '{}',
  'credentials-prod.json': '{}',
  'application_default_credentials.json': '{}',
  'service-account.json': '{}',
  '.aws/credentials': 'x',
  'home/.ssh/config': 'x',
  '.kube/config': 'x',
  '.docker/config.json': '{}',
  '.pgpass': 'x',
  '.htpasswd': 'x',
  kubeconfig: 'x',
  'infra/main.tfstate': '{}',
  'infra/prod.tfvars': 'x',
  'vault.kdbx': 'x',
}
const ORDINARY = {
  '.env.example': 'A=',
  '.env.ts': 'export {}',
  'id_generator.ts': 'export {}',
  id_list: '1\n2\n',
  'src/key.js': 'x',
  'src/credentials.js': 'x',
  'packages/a/.npmrc': 'engine-strict=true\n',
  'environment.env.md': 'x',
  'infra/main.tf': 'x',
  'infra/prod.tfvars.example': 'x',
  'docs/credentials.md': 'x',
  'aws/credentials.ts': 'x',
  '.docker/app/Dockerfile': 'x',
  'src/serviceAccount.json.ts': 'x',
}

describe('files that may hold secrets', () => {
  it.each([true, false])('stay out of trees and snapshots (git: %s)', async git => {
    const project = makeProject({ ...SECRET, ...ORDINARY }, { git })
    const workspace = { root: project.root }
    const tree = await takeTree(workspace)
    expect(Object.keys(tree.files).sort()).toEqual(Object.keys(ORDINARY).sort())
    expect((await listSources(workspace)).secret).toEqual(Object.keys(SECRET).sort())
    if (!git) return
    const purpose = { feature: '001', task: 'T001', step: 'start' }
    const kept = await storeTreeInGit({ workspace, state: stateOf(workspace) }, tree, purpose)
    const snapshot = 'snapshot' in kept ? kept.snapshot : ''
    expect(await readSnapshot(workspace, snapshot)).toEqual({
      hash: tree.hash,
      files: tree.files,
    })
    expect(await secretPathsIn(workspace, REFERENCES)).toEqual([])
  })

  it('are kept once they are added to git', async () => {
    const project = makeProject({ '.env': 'A=1', 'test/server.key': 'x' })
    execFileSync('git', ['add', '-A'], { cwd: project.root })
    const tree = await takeTree({ root: project.root })
    expect(Object.keys(tree.files)).toEqual(['.env', 'test/server.key'])
  })

  it('are named with the first task and when snapshots are pushed', async () => {
    const plan =
      '# Tasks\n\n## Phase 1: Core\n- [ ] T001 size in src/stack.js\n- [ ] T002 [P] b in b.js\n'
    const project = stackProject(plan, { '.env': 'TOKEN=x' })
    const remote = makeProject({}, { git: false })
    const git = (...args: string[]) => execFileSync('git', args, { cwd: project.root })
    execFileSync('git', ['init', '-q', '--bare', remote.root])
    git('remote', 'add', 'origin', remote.root)
    const { call } = await connect(project.root)
    expect((await call('next_task')).text).toMatch(/Not kept in snapshots.*\.env/)
    expect((await call('next_task')).text).not.toContain('.env')
    const pushed = runCommand(project, ['verify', '--push-snapshots'])
    expect(pushed.stdout).toMatch(/Not in the snapshots.*\.env\n.*pushed/s)
    const objects = execFileSync('git', ['rev-list', '--objects', '--all'], { cwd: remote.root })
    expect(objects.toString()).toContain('package.json')
    expect(objects.toString()).not.toContain('.env')
  })

  it('in a snapshot of an earlier version stop the push', async () => {
    const project = makeProject({ 'a.js': 'x', '.env': 'TOKEN=x' })
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: project.root,
      })
    git('add', '-A')
    git('commit', '-qm', 'x')
    git('update-ref', 'refs/redgreen/001/T001/start', 'HEAD')
    git('rm', '-q', '--cached', '.env')
    expect(await secretPathsIn({ root: project.root }, REFERENCES)).toEqual(['.env'])
    const push = pushSnapshots(callAt(project.root))
    await expect(push).rejects.toThrow(
      /contain files that may hold secrets: \.env.*Nothing was pushed/,
    )
  })
})
