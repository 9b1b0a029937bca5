import { instantText } from '#app/core/columns'
import { clock } from '#app/core/clock'
import { insertNew } from '#app/core/database/insert_new'
import { newId } from '#app/core/ids'
import type { Trx } from '#app/core/transaction'
import type { ExceptionKind } from '#app/payments/models/exception_case'

export interface NewException {
  kind: ExceptionKind
  /** What it is about: the same thing is listed once. */
  reference: string
  tenantId: string | null
  paymentId?: string
  receivableId?: string
  details: Record<string, unknown>
}

/** Lists something for a person to decide on; what is listed already stays as it is. */
export async function raiseException(trx: Trx, exception: NewException): Promise<void> {
  const now = instantText(clock.now())
  const row = {
    id: newId(),
    tenant_id: exception.tenantId,
    kind: exception.kind,
    reference: exception.reference,
    state: 'open',
    payment_id: exception.paymentId ?? null,
    receivable_id: exception.receivableId ?? null,
    details: JSON.stringify(exception.details),
    created_at: now,
    updated_at: now,
  }
  await insertNew(trx, 'exception_cases', [row], 'reference')
}
