import type { LedgerCheck } from '#app/ledger/queries/ledger_checks'
import { verification, type VerifyReport } from '#app/ledger/queries/verification'

/** Proves the books. */
export class VerifyLedger {
  /** @param more what modules above this one want to hold, too */
  handle(more: LedgerCheck[] = []): Promise<VerifyReport> {
    return verification(more)
  }
}
