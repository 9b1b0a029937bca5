import { createHash } from 'node:crypto'
import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { sumMinor } from '#app/core/money'
import { transaction, type Trx } from '#app/core/transaction'
import { open, purposeOf, seal } from '#app/core/vault'
import { ledger } from '#app/ledger/ledger'
import { batchFile, type Transfer } from '#app/payouts/batch_file'
import { NothingToTransfer } from '#app/payouts/errors'
import { sendingHindrance } from '#app/payouts/hindrance'
import Payout from '#app/payouts/models/payout'
import PayoutBatch, { batchPurpose } from '#app/payouts/models/payout_batch'
import { advance } from '#app/payouts/movements'

export const MOST_IN_BATCH = 500

interface MakeBatchInput {
  currency: string
  userId: string
  actor: Actor
}

/**
 * Writes the approved payouts of a currency into one file for the bank: from here on they are being
 * transferred. A payout is in one file at most, and no file has it again.
 */
export class MakeBatch {
  /** @throws NothingToTransfer, Undecryptable */
  handle({ currency, userId, actor }: MakeBatchInput): Promise<PayoutBatch> {
    return transaction(async (trx) => {
      const payouts = await this.#approved(trx, currency)
      const mayLeave = await this.#mayLeave(trx, payouts)
      const leaving = payouts.filter((payout) => mayLeave(payout))
      if (leaving.length === 0) throw new NothingToTransfer()
      const batch = await this.#store(trx, leaving, { currency, userId, actor })
      for (const payout of leaving) {
        payout.merge({ batchId: batch.id, sentAt: clock.now() })
        await advance(trx, payout, 'processing', actor, { batchId: batch.id })
      }
      return batch
    })
  }

  /** Locked before any balance, as every step of a payout does it. */
  #approved(trx: Trx, currency: string): Promise<Payout[]> {
    // tenant: one file pays the payouts of all.
    return Payout.query({ client: trx })
      .where('state', 'approved')
      .where('currency', currency)
      .whereNull('batch_id')
      .preload('tenant')
      .preload('destination')
      .orderBy('id')
      .limit(MOST_IN_BATCH)
      .forUpdate()
      .exec()
  }

  /** Balances are locked in one order, so that two files at once wait rather than block each other. */
  async #mayLeave(trx: Trx, payouts: Payout[]) {
    const now = clock.now()
    const available = new Map<string, number>()
    for (const tenantId of [...new Set(payouts.map((payout) => payout.tenantId))].sort()) {
      const { currency } = payouts[0]
      const { availableMinor } = await ledger.lockBalance(trx, tenantId, currency)
      available.set(tenantId, availableMinor)
    }
    return ({ tenant, tenantId, destination: { usableFrom } }: Payout) =>
      sendingHindrance(tenant.maySell, available.get(tenantId)!, { usableFrom, now }) === null
  }

  async #store(trx: Trx, payouts: Payout[], { currency, userId, actor }: MakeBatchInput) {
    const id = newId()
    const content = batchFile(payouts.map(transferOf))
    const fingerprint = createHash('sha256').update(content).digest('hex')
    const totalMinor = sumMinor(payouts.map(({ amountMinor }) => amountMinor))
    const batch = await PayoutBatch.create(
      {
        id,
        currency,
        payoutsCount: payouts.length,
        totalMinor,
        contentCiphertext: seal(content, batchPurpose(id)),
        fingerprint,
        createdBy: userId,
        createdAt: clock.now(),
      },
      { client: trx }
    )
    await recordAudit(trx, {
      actor,
      action: 'payout_batch.made',
      subject: { type: 'payout_batch', id },
      details: { payouts: payouts.length, totalMinor, currency, fingerprint },
    })
    return batch
  }
}

function transferOf(payout: Payout): Transfer {
  const { tenantId, destinationId, tenant, destination } = payout
  const purpose = purposeOf('payout_destinations', 'details', destinationId, tenantId)
  const details = open<Transfer['details']>(destination.detailsCiphertext, purpose)
  return { payout, details, taxId: tenant.taxId, legalName: tenant.legalName }
}
