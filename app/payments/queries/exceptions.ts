import type { Trx } from '#app/core/transaction'
import ExceptionCase, {
  platformKinds,
  tenantKinds,
  type ExceptionKind,
} from '#app/payments/models/exception_case'
import ExceptionNote from '#app/payments/models/exception_note'

export const PAGE_SIZE = 30

/** Whose business an exception is: a tenant's, or the platform's. */
export type ExceptionOwner = { tenantId: string } | 'platform'

/** What an owner sees: the platform reads those of its tenants, too. */
const seenBy = (owner: ExceptionOwner, trx?: Trx) => {
  // tenant: the platform sees those of all
  if (owner === 'platform') return ExceptionCase.query({ client: trx })
  return ExceptionCase.query({ client: trx })
    .where('tenant_id', owner.tenantId)
    .whereIn('kind', [...tenantKinds])
}

/** What an owner decides: the platform nothing in a tenant's name. */
const decidedBy = (owner: ExceptionOwner, trx?: Trx) =>
  seenBy(owner, trx).whereIn('kind', owner === 'platform' ? [...platformKinds] : [...tenantKinds])

interface ListInput {
  owner: ExceptionOwner
  state?: ExceptionCase['state']
  kind?: ExceptionKind
  /** The last row of the page before. */
  after?: string
}

/** Newest first, with payment, receivable and customer where there are any. */
export async function exceptionList({ owner, state, kind, after }: ListInput) {
  const query = seenBy(owner)
    .preload('payment')
    .preload('receivable', (receivable) => receivable.preload('customer').preload('tenant'))
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (state) query.where('state', state)
  if (kind) query.where('kind', kind)
  if (after) query.where('id', '<', after)
  const rows = await query
  const exceptions = rows.slice(0, PAGE_SIZE)
  return { exceptions, next: rows.length > PAGE_SIZE ? exceptions[PAGE_SIZE - 1].id : null }
}

/** One with all that its page shows; null when this owner sees no such one. */
export const findException = (owner: ExceptionOwner, id: string): Promise<ExceptionCase | null> =>
  seenBy(owner)
    .where('id', id)
    .preload('payment', (payment) => payment.preload('charge'))
    .preload('receivable', (receivable) => receivable.preload('customer').preload('tenant'))
    .preload('resolver')
    .first()

/** Locked until the transaction ends: of two who decide at once, the second sees the first. */
export const lockedException = (
  trx: Trx,
  owner: ExceptionOwner,
  id: string
): Promise<ExceptionCase | null> => decidedBy(owner, trx).where('id', id).forUpdate().first()

/** How many wait for a decision. */
export async function openExceptions(owner: ExceptionOwner): Promise<number> {
  const [row] = await decidedBy(owner).where('state', 'open').count('* as total')
  return Number(row.$extras.total)
}

/** What this owner's people wrote, oldest first. */
export const notesOf = (owner: ExceptionOwner, exceptionId: string): Promise<ExceptionNote[]> =>
  ExceptionNote.query()
    .where({
      tenant_id: owner === 'platform' ? null : owner.tenantId,
      exception_case_id: exceptionId,
    })
    .preload('user')
    .orderBy('id')
