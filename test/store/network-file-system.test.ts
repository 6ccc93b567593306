import { describe, expect, it } from 'vitest'
import { networkFileSystemOfType } from '../../src/store/network-file-system.ts'

describe('a network file system', () => {
  it('is recognised by its number; a local disk is not one', () => {
    expect(['NFS', 'SMB', undefined]).toEqual(
      [0x6969, 0xfe534d42, 0xef53].map(networkFileSystemOfType),
    )
  })
})
