import { createHash } from 'node:crypto'
import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import type { Trx } from '#app/core/transaction'
import { PayoutStateConflict, ProofRefused } from '#app/payouts/errors'
import type Payout from '#app/payouts/models/payout'
import PayoutProof from '#app/payouts/models/payout_proof'
import { onPayout } from '#app/payouts/movements'
import { MOST_PROOF_BYTES, proofTypeOf, type ProofType } from '#app/payouts/proof_type'

export { MOST_PROOF_BYTES }

interface AddProofInput {
  payoutId: string
  /** Null: longer than is taken; undefined: there was no file. */
  bytes: Buffer | null | undefined
  userId: string
  actor: Actor
}

/** What the file is. @throws ProofRefused */
export function assertProof(bytes: AddProofInput['bytes']): { bytes: Buffer; type: ProofType } {
  if (bytes === undefined) throw new ProofRefused('missing')
  if (bytes === null || bytes.length > MOST_PROOF_BYTES) throw new ProofRefused('too_large')
  const type = proofTypeOf(bytes)
  if (!type) throw new ProofRefused('type')
  return { bytes, type }
}

/** Keeps the bank's paper for a transfer; the same file twice is kept once. */
export class AddProof {
  /** @throws ProofRefused, PayoutNotFound, PayoutStateConflict before anything was transferred */
  handle({ payoutId, bytes, userId, actor }: AddProofInput): Promise<PayoutProof> {
    const proof = assertProof(bytes)
    return onPayout({ payoutId }, (trx, payout) => keepProof(trx, payout, { proof, userId, actor }))
  }
}

export async function keepProof(
  trx: Trx,
  payout: Payout,
  given: { proof: { bytes: Buffer; type: ProofType }; userId: string; actor: Actor }
): Promise<PayoutProof> {
  const { tenantId, id: payoutId, state } = payout
  const { bytes, type } = given.proof
  if (!payout.sentAt) throw new PayoutStateConflict(state, 'paid')
  const fingerprint = createHash('sha256').update(bytes).digest('hex')
  const known = await PayoutProof.query({ client: trx })
    .where({ tenant_id: tenantId, payout_id: payoutId, fingerprint })
    .first()
  if (known) return known
  const proof = new PayoutProof().merge({
    id: newId(),
    tenantId,
    payoutId,
    contentType: type,
    fingerprint,
    createdBy: given.userId,
    createdAt: clock.now(),
  })
  proof.content = bytes
  await proof.useTransaction(trx).save()
  await recordAudit(trx, {
    actor: given.actor,
    action: 'payout.proof_added',
    subject: { type: 'payout', id: payoutId },
    tenantId,
    details: { proofId: proof.id, contentType: type, fingerprint },
  })
  return proof
}
