import { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
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
    await this.#addToBalance(trx, tenantId, currency, bucketsOf([]))
    const row = await trx
      .from('tenant_balances')
      .where({ tenant_id: tenantId, currency })
      .forUpdate()
      .firstOrFail()
    return {
      pendingMinor: Number(row.pending_minor),
      availableMinor: Number(row.available_minor),
      reservedMinor: Number(row.reserved_minor),
    }
  }

  /** What of one payment lies in each bucket, from its entries. */
  async bucketsOfPayment(trx: Trx, tenantId: string, paymentId: string): Promise<Buckets> {
    const rows = await trx
      .from('ledger_entries')
      .where({ tenant_id: tenantId, payment_id: paymentId })
      .where('account', 'like', 'tenant:%')
      .select('account')
      .sum('amount_minor as amount_minor')
      .groupBy('account')
    return bucketsOf(
      rows.map(({ account, amount_minor: sum }) => ({ account, amountMinor: Number(sum) }))
    )
  }

  async #insertTransaction(trx: Trx, id: string, posting: Posting): Promise<boolean> {
    const inserted = await trx
      .insertQuery()
      .table('ledger_transactions')
      .insert({
        id,
        tenant_id: posting.tenantId,
        kind: posting.kind,
        reference: posting.reference,
        currency: posting.currency,
        payment_id: posting.paymentId ?? null,
        payout_id: posting.payoutId ?? null,
        occurred_at: instantText(posting.occurredAt),
        created_at: nowText(),
      })
      .onConflict('reference')
      .ignore()
      .returning('id')
    return inserted.length === 1
  }

  async #insertEntries(trx: Trx, transactionId: string, posting: Posting): Promise<void> {
    await trx
      .insertQuery()
      .table('ledger_entries')
      .multiInsert(
        posting.entries.map((entry) => ({
          id: newId(),
          transaction_id: transactionId,
          tenant_id: posting.tenantId,
          account: entry.account,
          platform_account_id: entry.platformAccountId ?? null,
          amount_minor: entry.amountMinor,
          currency: posting.currency,
          charge_type: entry.chargeType ?? null,
          payment_id: posting.paymentId ?? null,
        }))
      )
  }

  async #moveBalance(trx: Trx, posting: Posting): Promise<void> {
    const change = bucketsOf(posting.entries)
    if (posting.tenantId === null || Object.values(change).every((minor) => minor === 0)) return
    const availableMinor = await this.#addToBalance(trx, posting.tenantId, posting.currency, change)
    if (availableMinor < 0 && change.availableMinor < 0 && !mayOverdraw(posting.kind)) {
      throw new ImpossiblePosting(posting, 'takes available money below zero')
    }
  }

  /** Increments in the database, so that no concurrent change is overwritten. */
  async #addToBalance(trx: Trx, tenantId: string, currency: string, change: Buckets) {
    const sum = (column: string) => trx.raw(`tenant_balances.${column} + excluded.${column}`)
    const [row] = await trx
      .insertQuery()
      .table('tenant_balances')
      .insert({
        id: newId(),
        tenant_id: tenantId,
        currency,
        pending_minor: change.pendingMinor,
        available_minor: change.availableMinor,
        reserved_minor: change.reservedMinor,
        updated_at: nowText(),
      })
      .onConflict(['tenant_id', 'currency'])
      .merge({
        pending_minor: sum('pending_minor'),
        available_minor: sum('available_minor'),
        reserved_minor: sum('reserved_minor'),
        updated_at: nowText(),
      })
      .returning('available_minor')
    return Number(row.available_minor)
  }
}

export const ledger = new Ledger()
