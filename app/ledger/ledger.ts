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

export { bucketsOf } from '#app/ledger/posting'
export type { Buckets, LedgerAccount, LedgerKind, Posting, PostingEntry } from '#app/ledger/posting'

const nowText = () => instantText(DateTime.utc())

/** Rows that a statement returns: PostgreSQL wraps them. Lucid's builder has no RETURNING on SQLite. */
async function statement(trx: Trx, sql: string, bindings: (string | number | null)[]) {
  const result = await trx.rawQuery(sql, bindings as string[])
  return (result.rows ?? result) as Record<string, unknown>[]
}

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
    const inserted = await statement(
      trx,
      `insert into ledger_transactions
         (id, tenant_id, kind, reference, currency, payment_id, payout_id, occurred_at, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (reference) do nothing returning id`,
      [
        id,
        posting.tenantId,
        posting.kind,
        posting.reference,
        posting.currency,
        posting.paymentId ?? null,
        posting.payoutId ?? null,
        instantText(posting.occurredAt),
        nowText(),
      ]
    )
    return inserted.length === 1
  }

  async #insertEntries(trx: Trx, transactionId: string, posting: Posting): Promise<void> {
    const { tenantId, currency, paymentId = null, entries } = posting
    await statement(
      trx,
      `insert into ledger_entries (id, transaction_id, tenant_id, account, platform_account_id,
         amount_minor, currency, charge_type, payment_id)
       values ${entries.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
      entries.flatMap((entry) => [
        newId(),
        transactionId,
        tenantId,
        entry.account,
        entry.platformAccountId ?? null,
        entry.amountMinor,
        currency,
        entry.chargeType ?? null,
        paymentId,
      ])
    )
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
    const [row] = await statement(
      trx,
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
    return {
      pendingMinor: Number(row.pending_minor),
      availableMinor: Number(row.available_minor),
      reservedMinor: Number(row.reserved_minor),
    }
  }
}

export const ledger = new Ledger()
