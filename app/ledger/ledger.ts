import { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import { insertNew, rowsOf } from '#app/core/database/insert_new'
import { newId } from '#app/core/ids'
import type { Trx } from '#app/core/transaction'
import {
  assertPosting,
  bucketsOf,
  ImpossiblePosting,
  mayOverdraw,
  type Buckets,
  type Posting,
} from '#app/ledger/posting'

export { bucketsOf } from '#app/ledger/posting'
export type { Buckets, LedgerAccount, LedgerKind, Posting, PostingEntry } from '#app/ledger/posting'

const nowText = () => instantText(DateTime.utc())

/** The one way to move money. Everything happens in the caller's transaction. */
class Ledger {
  /**
   * Books a posting and changes the tenant's balance with it.
   * @returns false when the reference is booked already; nothing changes then.
   * @throws ImpossiblePosting when it does not balance, or takes available money below zero where
   * its kind may not.
   */
  async post(trx: Trx, posting: Posting): Promise<boolean> {
    assertPosting(posting)
    const transactionId = newId()
    const isNew = await this.#insertTransaction(trx, transactionId, posting)
    if (!isNew) return false
    await this.#insertEntries(trx, transactionId, posting)
    await this.#moveBalance(trx, posting)
    return true
  }

  /**
   * The tenant's buckets, locked until the transaction ends: two decisions on the same money (two
   * payouts, a payout and a refund) are made one after the other. Creates the row if missing.
   */
  async lockBalance(trx: Trx, tenantId: string, currency: string): Promise<Buckets> {
    return this.#addToBalance(trx, tenantId, currency, bucketsOf([]))
  }

  async #insertTransaction(trx: Trx, id: string, posting: Posting): Promise<boolean> {
    const row = {
      id,
      tenant_id: posting.tenantId,
      kind: posting.kind,
      reference: posting.reference,
      currency: posting.currency,
      payment_id: posting.paymentId ?? null,
      payout_id: posting.payoutId ?? null,
      occurred_at: instantText(posting.occurredAt),
      created_at: nowText(),
    }
    const booked = await insertNew(trx, 'ledger_transactions', [row], 'reference')
    return booked.length === 1
  }

  async #insertEntries(trx: Trx, transactionId: string, posting: Posting): Promise<void> {
    const { tenantId, currency, paymentId = null, entries } = posting
    const rows = entries.map((entry) => ({
      id: newId(),
      transaction_id: transactionId,
      tenant_id: tenantId,
      account: entry.account,
      platform_account_id: entry.platformAccountId ?? null,
      amount_minor: entry.amountMinor,
      currency,
      charge_type: entry.chargeType ?? null,
      payment_id: paymentId,
    }))
    await insertNew(trx, 'ledger_entries', rows, 'id')
  }

  async #moveBalance(trx: Trx, posting: Posting): Promise<void> {
    const { tenantId, currency, kind } = posting
    const change = bucketsOf(posting.entries)
    if (tenantId === null || Object.values(change).every((minor) => minor === 0)) return
    const { availableMinor } = await this.#addToBalance(trx, tenantId, currency, change)
    if (availableMinor < 0 && change.availableMinor < 0 && !mayOverdraw(kind)) {
      throw new ImpossiblePosting(posting, 'takes available money below zero')
    }
  }

  /** Increments in the database, so that no concurrent change is overwritten; locks the row. */
  async #addToBalance(
    trx: Trx,
    tenantId: string,
    currency: string,
    change: Buckets
  ): Promise<Buckets> {
    const result = await trx.rawQuery(
      `insert into tenant_balances
         (id, tenant_id, currency, pending_minor, available_minor, reserved_minor, updated_at)
       values (?, ?, ?, ?, ?, ?, ?)
       on conflict (tenant_id, currency) do update set
         pending_minor = tenant_balances.pending_minor + excluded.pending_minor,
         available_minor = tenant_balances.available_minor + excluded.available_minor,
         reserved_minor = tenant_balances.reserved_minor + excluded.reserved_minor,
         updated_at = excluded.updated_at
       returning pending_minor, available_minor, reserved_minor`,
      [
        newId(),
        tenantId,
        currency,
        change.pendingMinor,
        change.availableMinor,
        change.reservedMinor,
        nowText(),
      ]
    )
    const [row] = rowsOf<Record<string, string | number>>(result)
    return {
      pendingMinor: Number(row.pending_minor),
      availableMinor: Number(row.available_minor),
      reservedMinor: Number(row.reserved_minor),
    }
  }
}

export const ledger = new Ledger()
