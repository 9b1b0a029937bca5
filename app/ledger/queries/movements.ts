import type { DateTime } from 'luxon'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { instantFrom, instantText } from '#app/core/columns'
import { sumMinor } from '#app/core/money'
import { bucketsOf, type Buckets, type LedgerKind, type TenantAccount } from '#app/ledger/posting'
import type LedgerEntry from '#app/ledger/models/ledger_entry'
import LedgerTransaction from '#app/ledger/models/ledger_transaction'
import { balancesAfter } from '#app/ledger/queries/balances_after'

export type Bucket = 'pending' | 'available' | 'reserved'
export const chargeTypes = ['fee', 'tax', 'financing', 'other'] as const
type ChargeType = (typeof chargeTypes)[number]

/** One movement as its tenant sees it: each figure is what it added, or took when below zero. */
export interface Movement {
  id: string
  kind: LedgerKind
  reference: string
  occurredAt: DateTime
  paymentId: string | null
  payoutId: string | null
  currency: string
  /** Before the provider's charges and the platform's fee. */
  grossMinor: number
  charges: { type: ChargeType; amountMinor: number }[]
  chargesMinor: number
  feeMinor: number
  change: Buckets
  after: Buckets
}

type Query = ModelQueryBuilderContract<typeof LedgerTransaction>

export interface MovementsInput {
  tenantId: string
  currency: string
  from?: DateTime
  /** Not included. */
  until?: DateTime
  kind?: LedgerKind
  /** Only what changed this one. */
  bucket?: Bucket
  /** What modules above know to narrow by. */
  narrow?: (query: Query) => void
  /** The last row of the page before: "<instant>_<id>". */
  after?: string
  limit: number
}

/** A tenant's movements, the latest first, each with the balance after it. */
export async function movements(input: MovementsInput) {
  const query = LedgerTransaction.query()
    .where('tenant_id', input.tenantId)
    .where('currency', input.currency)
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
    .preload('entries')
  narrow(query, input)
  const rows = await query
  const page = rows.slice(0, input.limit)
  const after = await balancesAfter(input.tenantId, input.currency, page)
  return {
    movements: page.map((row) => asMovement(row, after.get(row.id)!)),
    next: rows.length > input.limit ? cursorOf(page[input.limit - 1]) : null,
  }
}

const cursorOf = ({ occurredAt, id }: LedgerTransaction) => `${instantText(occurredAt)}_${id}`

function narrow(query: Query, { from, until, kind, bucket, after, ...input }: MovementsInput) {
  if (from) query.where('occurred_at', '>=', instantText(from))
  if (until) query.where('occurred_at', '<', instantText(until))
  if (kind) query.where('kind', kind)
  const account = bucket ? `tenant:${bucket}` : 'tenant:%'
  query.whereRaw(
    `exists (select 1 from ledger_entries e where e.transaction_id = ledger_transactions.id
       and e.account like ?)`,
    [account]
  )
  input.narrow?.(query)
  if (!after) return
  const [at, id] = after.split('_')
  const instant = instantText(instantFrom(at))
  query.where('occurred_at', '<=', instant)
  query.where((older) => {
    older.where('occurred_at', '<', instant).orWhere('id', '<', id)
  })
}

const sumOf = (entries: LedgerEntry[]) => sumMinor(entries.map(({ amountMinor }) => amountMinor))

function asMovement(row: LedgerTransaction, after: Buckets): Movement {
  const { id, reference, occurredAt, paymentId, payoutId, currency, entries } = row
  const platform = entries.filter(({ account }) => account.startsWith('platform:'))
  const fee = platform.filter(({ account }) => account === 'platform:fee_revenue')
  const charged = platform.filter(({ chargeType }) => chargeType !== null)
  const gross = platform.filter((entry) => !fee.includes(entry) && !charged.includes(entry))
  const charges = chargeTypes.map((type) => ({
    type,
    amountMinor: sumOf(charged.filter(({ chargeType }) => chargeType === type)),
  }))
  return {
    ...{ id, kind: row.kind as LedgerKind, reference, occurredAt, paymentId, payoutId, currency },
    grossMinor: sumOf(gross),
    charges: charges.filter(({ amountMinor }) => amountMinor !== 0),
    chargesMinor: sumOf(charged),
    feeMinor: sumOf(fee),
    change: bucketsOf(entries as { account: TenantAccount; amountMinor: number }[]),
    after,
  }
}
