import type { DateTime } from 'luxon'
import { adjustmentReasons } from '#app/ledger/queries/adjustments'
import { movements, type Movement, type MovementsInput } from '#app/ledger/queries/movements'
import { heldUntil } from '#app/payments/queries/holdbacks'
import { subjectsOf, type Subject } from '#app/payments/queries/subjects'

export const PAGE_SIZE = 30

export interface StatementInput extends Omit<MovementsInput, 'narrow' | 'limit'> {
  storeId?: string
  /** The provider's group of methods, e.g. "bank_transfer". */
  type?: string
  limit?: number
}

export interface Line extends Movement {
  /** Null where it is no payment's: payouts, adjustments. */
  subject: Subject | null
  /** Why an admin gave or took money; null where it is no adjustment. */
  reason: string | null
  /** Of what is held back: until when. */
  heldUntil: DateTime | null
}

const OF_PAYMENT = `exists (select 1 from payments p
  join charges c on c.tenant_id = p.tenant_id and c.id = p.charge_id
  where p.tenant_id = ledger_transactions.tenant_id and p.id = ledger_transactions.payment_id`

/** A tenant's movements, the latest first, with what they were of. */
export async function statement(input: StatementInput) {
  const { storeId, type, limit = PAGE_SIZE, ...ledger } = input
  const page = await movements({
    ...ledger,
    limit,
    narrow: (query) => {
      if (storeId) query.whereRaw(`${OF_PAYMENT} and c.store_id = ?)`, [storeId])
      if (type) query.whereRaw(`${OF_PAYMENT} and p.type = ?)`, [type])
    },
  })
  const paymentIds = page.movements.flatMap(({ paymentId }) => paymentId ?? [])
  const subjects = await subjectsOf(input.tenantId, [...new Set(paymentIds)])
  const reasons = await reasonsOf(input.tenantId, page.movements)
  const held = await heldOf(input.tenantId, page.movements)
  const lines: Line[] = page.movements.map((movement) => ({
    ...movement,
    subject: (movement.paymentId && subjects.get(movement.paymentId)) || null,
    reason: reasons.get(movement.reference) ?? null,
    heldUntil: (movement.kind === 'holdback_taken' && held.get(movement.paymentId!)) || null,
  }))
  return { lines, next: page.next }
}

const reasonsOf = (tenantId: string, all: Movement[]) =>
  adjustmentReasons(
    tenantId,
    all.filter(({ kind }) => kind === 'adjustment').map(({ reference }) => reference)
  )

const heldOf = (tenantId: string, all: Movement[]) =>
  heldUntil(
    tenantId,
    all.filter(({ kind }) => kind === 'holdback_taken').flatMap(({ paymentId }) => paymentId ?? [])
  )
