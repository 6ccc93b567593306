import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { packExtension } from '@anthropic-ai/mcpb/cli'
import { validateManifest } from '@anthropic-ai/mcpb/node'
import manifest from '../../package.json' with { type: 'json' }
import { bundleManifest } from './bundle-manifest.ts'
import { jsonText } from './json-text.ts'

/** Packs the built program as an `.mcpb` bundle into a folder, after its own tool has validated it. Returns the file. */
export async function makeBundle(folder: string): Promise<string> {
  const { name, version, type } = manifest
  const content = await mkdtemp(path.join(os.tmpdir(), 'redgreen-bundle-'))
  try {
    const file = path.join(content, 'manifest.json')
    await writeFile(file, jsonText(bundleManifest()))
    // Node reads from here that the files are ES modules.
    await writeFile(path.join(content, 'package.json'), jsonText({ name, version, type }))
    await cp('dist', path.join(content, 'dist'), { recursive: true })
    await cp('LICENSE', path.join(content, 'LICENSE'))
    const outputPath = path.join(folder, `${name}-${version}.mcpb`)
    const isMade =
      validateManifest(file) &&
      (await packExtension({ extensionPath: content, outputPath, silent: true }))
    if (!isMade) throw new Error('The manifest of the bundle is not valid.')
    return outputPath
  } finally {
    await rm(content, { recursive: true, force: true })
  }
}
