import type { Trx } from '#app/core/transaction'
import {
  assertPosting,
  bucketsOf,
  ImpossiblePosting,
  mayOverdraw,
  type Buckets,
  type Posting,
} from '#app/ledger/posting'
import { addToBalance, balanceRow, writePosting } from '#app/ledger/write_posting'

export { bucketsOf } from '#app/ledger/posting'
export type { Buckets, LedgerAccount, LedgerKind, Posting, PostingEntry } from '#app/ledger/posting'

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
    const change = bucketsOf(posting.entries)
    const { isNew, balance } = await writePosting(trx, posting, change)
    const isBelowZero = balance !== null && balance.availableMinor < 0
    if (isBelowZero && change.availableMinor < 0 && !mayOverdraw(posting.kind)) {
      throw new ImpossiblePosting(posting, 'takes available money below zero')
    }
    return isNew
  }

  /**
   * The tenant's buckets, locked until the transaction ends: two decisions on the same money (two
   * payouts, a payout and a refund) are made one after the other. Creates the row if missing.
   */
  lockBalance(trx: Trx, tenantId: string, currency: string): Promise<Buckets> {
    return addToBalance(trx, balanceRow(tenantId, currency, bucketsOf([])))
  }
}

export const ledger = new Ledger()
