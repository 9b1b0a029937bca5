import { open, purposeOf, seal } from '#app/core/vault'
import type ConnectionAttempt from './models/connection_attempt.js'
import type { ProviderUser } from './mercado_pago.js'
import type { Grant } from './tokens/grant.js'

/** An account that came back instead of the one of before, until its owner has chosen. */
export interface Choice {
  grant: Grant
  user: ProviderUser
}

const purpose = ({ id, tenantId }: ConnectionAttempt) =>
  purposeOf('connection_attempts', 'grant', id, tenantId)

export const sealChoice = (attempt: ConnectionAttempt, choice: Choice): string =>
  seal(choice, purpose(attempt))

/** @throws Undecryptable */
export const openChoice = (attempt: ConnectionAttempt): Choice =>
  open<Choice>(attempt.grantCiphertext!, purpose(attempt))
