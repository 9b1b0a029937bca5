import PayoutProof from '#app/payouts/models/payout_proof'

type Of = { tenantId: string; id: string }

/** The papers of a payout, the first one first. */
export const proofsOf = ({ tenantId, id }: Of): Promise<PayoutProof[]> =>
  PayoutProof.query()
    .where('tenant_id', tenantId)
    .where('payout_id', id)
    .orderBy('id')
    .select('id', 'tenant_id', 'payout_id', 'content_type', 'created_at')
    .exec()

export const findProof = ({ tenantId, id }: Of, proofId: string): Promise<PayoutProof | null> =>
  PayoutProof.query()
    .where('tenant_id', tenantId)
    .where('payout_id', id)
    .where('id', proofId)
    .first()
