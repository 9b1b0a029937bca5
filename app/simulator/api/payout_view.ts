import { SITES } from '../data/sites.js'
import { fromMinor } from '../money.js'
import type { Payout } from '../payouts/payout.js'
import { isoTime } from '../time.js'

function paidMinor(payout: Payout): number {
  return payout.status === 'failed' ? 0 : payout.amountMinor - payout.returnedMinor
}

/** A transaction intent as Mercado Pago answers it. */
export function payoutView(payout: Payout) {
  const amount = (minor: number) => fromMinor(minor, SITES[payout.siteId].decimals)
  const total = amount(payout.amountMinor)
  return {
    id: payout.id,
    status: payout.status,
    created_date: isoTime(payout.createdAt),
    last_updated_date: isoTime(payout.updatedAt),
    external_reference: payout.externalReference,
    point_of_interaction: { type: 'PSP_TRANSFER' },
    seller_configuration: { notification_info: { notification_url: payout.notificationUrl } },
    transaction: {
      from: { accounts: [{ amount: total, status_detail: payout.statusDetail }] },
      to: {
        accounts: [
          {
            ...payout.destination,
            amount: amount(payout.amountMinor - payout.returnedMinor),
            status_detail: payout.statusDetail,
          },
        ],
      },
      paid_amount: amount(paidMinor(payout)),
      refunded_amount: amount(payout.returnedMinor),
      payer: { id: payout.accountId },
      total_amount: total,
    },
  }
}
