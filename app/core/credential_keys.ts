export interface CredentialKey {
  /** Names the encryption driver and prefixes each ciphertext. */
  id: string
  secret: string
}

const FORMAT = /^([a-z0-9_]{1,16}):(.{32,})$/

/**
 * Reads `CREDENTIAL_KEYS`: `id:secret` pairs, comma separated. The first encrypts, all decrypt.
 * @throws Error when a pair is malformed, a secret shorter than 32 characters or an id repeated.
 */
export function credentialKeys(list: string): CredentialKey[] {
  const keys = list.split(',').map((pair) => {
    const match = FORMAT.exec(pair.trim())
    if (!match || match[1] === 'app') {
      throw new Error('CREDENTIAL_KEYS: expected "id:secret" pairs with secrets of 32 characters')
    }
    return { id: match[1], secret: match[2] }
  })
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) {
    throw new Error('CREDENTIAL_KEYS: an id appears twice')
  }
  return keys
}
