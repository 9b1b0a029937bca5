import type { Trx } from '#app/core/transaction'
import type { LedgerAccount, LedgerKind } from '#app/ledger/ledger'

export interface PaymentSum {
  account: LedgerAccount
  chargeType: string | null
  kind: LedgerKind
  /** Plus is a debit, minus a credit; minor units. */
  amountMinor: number
}

/** All entries of one payment, summed by what they are. */
export async function paymentSums(
  trx: Trx,
  tenantId: string,
  paymentId: string
): Promise<PaymentSum[]> {
  const rows = await trx
    .from('ledger_entries as entries')
    .join('ledger_transactions as posted', 'posted.id', 'entries.transaction_id')
    .where({ 'entries.tenant_id': tenantId, 'entries.payment_id': paymentId })
    .select('entries.account', 'entries.charge_type', 'posted.kind')
    .sum('entries.amount_minor as amount_minor')
    .groupBy('entries.account', 'entries.charge_type', 'posted.kind')
  return rows.map((row) => ({
    account: row.account,
    chargeType: row.charge_type,
    kind: row.kind,
    amountMinor: Number(row.amount_minor),
  }))
}
