import { createHmac } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import encryption from '@adonisjs/core/services/encryption'
import env from '#start/env'
import { credentialKeys } from '#app/core/credential_keys'

/** A sealed value that no configured key opens: a lost key, a moved row or a damaged column. */
export class Undecryptable extends Error {
  constructor(readonly purpose: string) {
    super(`Cannot decrypt ${purpose}`)
  }
}

const keys = credentialKeys(env.get('CREDENTIAL_KEYS').release())

/** Binds a ciphertext to its place, so that one moved to another row does not open. */
export const purposeOf = (table: string, column: string, rowId: string, tenantId = 'platform') =>
  `${tenantId}:${table}:${rowId}:${column}`

const driver = (id: string) => encryption.use(id as never)

/** Encrypts under the current credential key. The ciphertext begins with the key's id. */
export const seal = (value: unknown, purpose: string): string =>
  driver(keys[0].id).encrypt(value, { purpose })

/** @throws Undecryptable, never an empty value. */
export function open<Value = string>(ciphertext: string, purpose: string): Value {
  const id = ciphertext.split('.', 1)[0]
  const known = isKnownKey(id)
  // The purpose is a plain string here: the object form would yield null for everything.
  const value = known ? driver(id).decrypt<Value>(ciphertext, purpose) : null
  if (value === null || value === undefined) throw new Undecryptable(purpose)
  return value
}

/** Id of the key that protects a ciphertext. */
export const keyIdOf = (ciphertext: string): string => ciphertext.split('.', 1)[0]

export const isKnownKey = (id: string): boolean => keys.some((key) => key.id === id)

export const currentKeyId = (): string => keys[0].id

/**
 * A keyed fingerprint: finds an equal value among sealed ones without opening any. It stays on
 * APP_KEY, as rotating the credential keys must not change it.
 */
export const blindIndex = (value: string, purpose: string): string =>
  createHmac('sha256', `${env.get('APP_KEY').release()}:${app.appName}:blind-index`)
    .update(`${purpose}:${value}`)
    .digest('hex')
