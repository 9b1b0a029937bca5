import { randomBytes } from 'node:crypto'
import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { transaction } from '#app/core/transaction'
import { purposeOf, seal } from '#app/core/vault'
import ConnectionAttempt, { fingerprint } from '#app/gateway/models/connection_attempt'

const LIFE = { minutes: 10 }

export const verifierPurpose = ({ id, tenantId }: { id: string; tenantId: string }) =>
  purposeOf('connection_attempts', 'verifier', id, tenantId)

interface BeginInput {
  tenantId: string
  userId: string
  /** The session in which consent must be answered. */
  sessionId: string
  /** The connection that is to be authorised again; null for another account. */
  connectionId: string | null
  /** What the owner calls the new account. */
  label: string | null
  actor: Actor
}

/** Opens an attempt to connect an account; consent at the provider is asked for with what it returns. */
export class BeginConnection {
  async handle(input: BeginInput): Promise<{ state: string; verifier: string }> {
    const { tenantId, userId, sessionId, connectionId, label, actor } = input
    const [state, verifier] = [randomBytes(32), randomBytes(48)].map((bytes) =>
      bytes.toString('base64url')
    )
    const id = newId()
    await transaction(async (trx) => {
      await ConnectionAttempt.create(
        {
          ...{ id, tenantId, userId, connectionId, label },
          stateHash: fingerprint(state),
          sessionHash: fingerprint(sessionId),
          verifierCiphertext: seal(verifier, verifierPurpose({ id, tenantId })),
          state: 'pending',
          expiresAt: clock.now().plus(LIFE),
        },
        { client: trx }
      )
      await recordAudit(trx, {
        actor,
        action: 'connection.requested',
        subject: { type: 'connection_attempt', id },
        tenantId,
        details: { connectionId },
      })
    })
    return { state, verifier }
  }
}
