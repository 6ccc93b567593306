import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  statSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openCheckout } from '../../../src/store/checkout/checkout.ts'
import { storeTreeInGit, readSnapshot } from '../../../src/store/snapshot.ts'
import { takeTree } from '../../../src/store/tree.ts'
import { temporaryFolder } from '../../kit/folder.ts'
import { committed, keep, PURPOSE } from '../../kit/snapshots.ts'
import { makeProject } from '../../kit/project.ts'

describe('a temporary checkout', () => {
  it('links the dependencies of the workspace; packages of the workspace point into the checkout', async () => {
    const project = committed({
      '.gitignore': 'node_modules\ndist\n.env\n',
      'packages/b/i.js': '1',
    })
    project.write('node_modules/left/index.js', 'left')
    project.write('node_modules/@scope/right/index.js', 'right')
    symlinkSync('../../packages/b', path.join(project.root, 'node_modules/@scope/b'))
    project.write('dist/out.js', 'built')
    project.write('.env', 'A=1')
    const { place, snapshot, tree } = await keep(project.root)
    project.write('packages/b/i.js', '2')
    const checkout = await openCheckout(place.workspace, { snapshot, tree: tree.hash })
    const read = (file: string) => readFileSync(path.join(checkout?.root ?? '', file), 'utf8')
    expect(read('node_modules/left/index.js')).toBe('left')
    expect(read('node_modules/@scope/right/index.js')).toBe('right')
    expect(read('node_modules/@scope/b/i.js')).toBe('1')
    expect(read('.env')).toBe('A=1')
    expect(existsSync(path.join(checkout?.root ?? '', 'dist'))).toBe(false)
    await checkout?.close()
    expect(existsSync(path.join(project.root, 'node_modules/left/index.js'))).toBe(true)
  })

  it("copies Composer's autoloader, which finds classes from its own path", async () => {
    const project = committed({ '.gitignore': 'vendor\n', 'packages/lib/a.php': '1' })
    project.write('vendor/autoload.php', '<?php')
    project.write('vendor/composer/autoload_psr4.php', '<?php')
    project.write('vendor/bin/phpunit', '<?php')
    project.write('vendor/phpunit/phpunit/phpunit', '<?php')
    mkdirSync(path.join(project.root, 'vendor/acme'))
    symlinkSync('../../packages/lib', path.join(project.root, 'vendor/acme/lib'))
    const { place, snapshot, tree } = await keep(project.root)
    const checkout = await openCheckout(place.workspace, { snapshot, tree: tree.hash })
    const root = checkout?.root ?? ''
    const real = (file: string) => realpathSync(path.join(root, file))
    for (const file of ['autoload.php', 'composer/autoload_psr4.php', 'bin/phpunit'])
      expect(real(`vendor/${file}`)).toBe(path.join(realpathSync(root), 'vendor', file))
    expect(real('vendor/acme/lib')).toBe(path.join(realpathSync(root), 'packages/lib'))
    expect(real('vendor/phpunit/phpunit')).toBe(path.join(project.root, 'vendor/phpunit/phpunit'))
    await checkout?.close()
  })

  it('links dependencies that are installed above the workspace, as in a monorepo', async () => {
    const project = committed({ '.gitignore': 'node_modules\n', 'apps/web/a.js': '1' })
    project.write('node_modules/up/index.js', 'up')
    const { place, snapshot, tree } = await keep(path.join(project.root, 'apps/web'))
    const checkout = await openCheckout(place.workspace, { snapshot, tree: tree.hash })
    const up = path.join(checkout?.root ?? '', '../../node_modules/up/index.js')
    expect(readFileSync(up, 'utf8')).toBe('up')
    await checkout?.close()
  })

  it('links the files around a package of a monorepo', async () => {
    const files = { 'tsconfig.base.json': '{}', 'apps/web/a.js': '1', 'libs/b/i.js': '1' }
    const project = committed(files)
    const { place, snapshot, tree } = await keep(path.join(project.root, 'apps/web'))
    const checkout = await openCheckout(place.workspace, { snapshot, tree: tree.hash })
    const root = checkout?.root ?? ''
    expect(readFileSync(path.join(root, '../../tsconfig.base.json'), 'utf8')).toBe('{}')
    expect(readFileSync(path.join(root, '../../libs/b/i.js'), 'utf8')).toBe('1')
    await checkout?.close()
    expect(project.read('libs/b/i.js')).toBe('1')
  })

  it('keeps programs executable and links as links, also those of the overlay', async () => {
    const project = committed({ 'a.txt': '1' })
    const { place, snapshot, tree } = await keep(project.root)
    project.write('test/run.sh', '#!/bin/sh\n')
    chmodSync(path.join(project.root, 'test/run.sh'), 0o755)
    symlinkSync('run.sh', path.join(project.root, 'test/link'))
    const now = await takeTree(place.workspace)
    const request = { snapshot, tree: tree.hash, overlay: () => true, now }
    const checkout = await openCheckout(place.workspace, request)
    const root = checkout?.root ?? ''
    expect(statSync(path.join(root, 'test/run.sh')).mode & 0o111).toBe(0o111)
    expect(lstatSync(path.join(root, 'test/link')).isSymbolicLink()).toBe(true)
    expect(checkout?.tree.hash).toBe(now.hash)
    await checkout?.close()
  })

  it('is never written through links that lead out of it', async () => {
    const outside = makeProject({ 'a.rs': 'precious', 'sub/b.rs': 'precious' }, { git: false })
    const project = committed({ 'c.rs': 'then', 'empty.rs': 'then' })
    symlinkSync(path.join(outside.root, 'a.rs'), path.join(project.root, 'a.rs'))
    symlinkSync(path.join(outside.root, 'sub'), path.join(project.root, 'sub'))
    const { place, snapshot, tree } = await keep(project.root)
    project.remove('a.rs')
    project.remove('sub')
    for (const file of ['a.rs', 'sub/b.rs', 'c.rs']) project.write(file, 'now')
    project.write('empty.rs', '')
    project.write('new.rs', '')
    const now = await takeTree(place.workspace)
    const overlay = (file: string) =>
      file.endsWith('.rs') && ((then: string, now: string) => (now === '' ? '' : `${then}+${now}`))
    const checkout = await openCheckout(place.workspace, {
      snapshot,
      tree: tree.hash,
      overlay,
      now,
    })
    const root = checkout?.root ?? ''
    const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
    // Where one of the two is not a plain file there is nothing to make of them.
    expect(['a.rs', 'sub/b.rs', 'c.rs'].map(read)).toEqual(['now', 'now', 'then+now'])
    expect(read('empty.rs')).toBe('')
    expect(existsSync(path.join(root, 'new.rs'))).toBe(false)
    expect([outside.read('a.rs'), outside.read('sub/b.rs')]).toEqual(['precious', 'precious'])
    expect(checkout?.tree.files).not.toHaveProperty('sub')
    await checkout?.close()
  })

  it('has the files of the overlay from the workspace, and all others from the snapshot', async () => {
    const project = committed({ 'src/a.js': 'then', 'test/a.js': 'then', 'test/b.js': 'then' })
    const { place, snapshot, tree } = await keep(project.root)
    project.write('src/a.js', 'now')
    project.write('test/a.js', 'now')
    project.write('test/c.js', 'now')
    project.remove('test/b.js')
    const now = await takeTree(place.workspace)
    const overlay = (file: string) => file.startsWith('test/')
    const checkout = await openCheckout(place.workspace, {
      snapshot,
      tree: tree.hash,
      overlay,
      now,
    })
    const root = checkout?.root ?? ''
    expect(readFileSync(path.join(root, 'src/a.js'), 'utf8')).toBe('then')
    expect(readFileSync(path.join(root, 'test/a.js'), 'utf8')).toBe('now')
    expect(readdirSync(path.join(root, 'test')).toSorted()).toEqual(['a.js', 'c.js'])
    const again = await storeTreeInGit(place, checkout?.tree ?? tree, PURPOSE, root)
    expect('snapshot' in again && (await readSnapshot(place.workspace, again.snapshot))).toEqual({
      hash: checkout?.tree.hash,
      files: checkout?.tree.files,
    })
    await checkout?.close()
  })

  it('is removed after the server that made it has ended', async () => {
    // The first checkout in a temporary folder cleans it.
    const folder = temporaryFolder()
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, folder)
    onTestFinished(() => void vi.unstubAllEnvs())
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    const left = path.join(folder, `redgreen-checkout-${dead}-x`)
    const own = path.join(folder, `redgreen-checkout-${process.pid}-x`)
    mkdirSync(left)
    mkdirSync(own)
    const { place, snapshot, tree } = await keep(committed({ 'a.txt': 'one' }).root)
    const checkout = await openCheckout(place.workspace, { snapshot, tree: tree.hash })
    expect(checkout?.root.startsWith(folder)).toBe(true)
    expect(existsSync(left)).toBe(false)
    expect(existsSync(own)).toBe(true)
    await checkout?.close()
  })
})
