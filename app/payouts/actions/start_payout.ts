import type { Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { ledger } from '#app/ledger/ledger'
import Tenant from '#app/tenants/models/tenant'
import { PayoutNotPossible } from '#app/payouts/errors'
import { sendingHindrance } from '#app/payouts/hindrance'
import PayoutDestination from '#app/payouts/models/payout_destination'
import { advance, onPayout } from '#app/payouts/movements'

/** The money begins to leave: from here on it can only be paid or fail. */
export class StartPayout {
  /**
   * A refund or dispute after the request may have left the tenant owing: nothing leaves until
   * later sales have paid it back. Nor does anything to an account that is too new.
   * @throws PayoutNotFound, PayoutStateConflict, PayoutNotPossible
   */
  handle({ payoutId, actor }: { payoutId: string; actor: Actor }) {
    return onPayout({ payoutId }, async (trx, payout) => {
      const { tenantId, currency, destinationId } = payout
      const { availableMinor } = await ledger.lockBalance(trx, tenantId, currency)
      const tenant = await Tenant.findOrFail(tenantId, { client: trx })
      const { usableFrom } = await PayoutDestination.query({ client: trx })
        .where('tenant_id', tenantId)
        .where('id', destinationId)
        .firstOrFail()
      const now = clock.now()
      const hindrance = sendingHindrance(tenant.maySell, availableMinor, { usableFrom, now })
      if (hindrance) throw new PayoutNotPossible(hindrance)
      payout.sentAt = now
      return advance(trx, payout, 'processing', actor)
    })
  }
}
