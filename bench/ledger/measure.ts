import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { transaction, type Trx } from '#app/core/transaction'
import { VerifyLedger } from '#app/ledger/actions/verify_ledger'
import { ledger, type Posting } from '#app/ledger/ledger'
import Tenant from '#app/tenants/models/tenant'
import { givenPlatformAccount } from '#tests/support/posted_money'
import type { Plan } from '../ledger.js'
import type { BenchDatabase } from './database.js'
import { peerOf } from './peers.js'

export interface Round {
  peer: number | null
  /** Postings a second. */
  oneByOne: number
  oneHotTenant: number
  inBatchesOf100: number
}

export interface Measured {
  peer: string | null
  rounds: Round[]
}

async function givenTenants(count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    id: newId(),
    slug: `bench-${index}`,
    legalName: 'Bench',
    tradeName: 'Bench',
    taxIdKind: 'CNPJ',
    taxIdCiphertext: 'none',
    taxIdIndex: newId(),
    taxIdMasked: '***',
    country: 'BR',
    currency: 'BRL',
    timeZone: 'America/Sao_Paulo',
    locale: 'pt-BR',
    mode: 'centralized' as const,
    state: 'active' as const,
    automaticPayouts: false,
  }))
  await transaction((trx) => Tenant.createMany(rows, { client: trx }))
  return rows.map(({ id }) => id)
}

/** An approved payment: the provider's fee, a tax, and one percent for the platform. */
const posting = (tenantId: string, platformAccountId: string): Posting => ({
  reference: `payment:${newId()}:approved`,
  kind: 'payment_approved',
  tenantId,
  currency: 'BRL',
  occurredAt: clock.now(),
  entries: [
    { account: 'platform:gateway', amountMinor: 10_000, platformAccountId },
    { account: 'tenant:pending', amountMinor: -10_000 },
    { account: 'platform:gateway', amountMinor: -299, platformAccountId, chargeType: 'fee' },
    { account: 'tenant:pending', amountMinor: 299, chargeType: 'fee' },
    { account: 'platform:gateway', amountMinor: -38, platformAccountId, chargeType: 'tax' },
    { account: 'tenant:pending', amountMinor: 38, chargeType: 'tax' },
    { account: 'tenant:pending', amountMinor: 100 },
    { account: 'platform:fee_revenue', amountMinor: -100 },
  ],
})

/** @returns postings a second */
async function paced(plan: Plan, perTransaction: number, post: (trx: Trx) => Promise<boolean>) {
  const until = performance.now() + plan.seconds * 1000
  let done = 0
  const client = async () => {
    while (performance.now() < until) {
      await transaction(async (trx) => {
        for (let time = 0; time < perTransaction; time++) await post(trx)
      })
      done += perTransaction
    }
  }
  await Promise.all(Array.from({ length: plan.clients }, client))
  return done / plan.seconds
}

/** Peer and product take turns; a round whose books are not sound is void. */
export async function measure(plan: Plan, database: BenchDatabase): Promise<Measured> {
  const tenants = await givenTenants(plan.tenants)
  const { id: account } = await givenPlatformAccount()
  const peer = peerOf(plan, database)
  const any = () => tenants[Math.trunc(Math.random() * tenants.length)]
  const toAny = (trx: Trx) => ledger.post(trx, posting(any(), account))
  const toOne = (trx: Trx) => ledger.post(trx, posting(tenants[0], account))
  // A batch locks balances as it goes: each client keeps to a tenant, so that none waits crosswise.
  const toOwn = () => {
    const tenant = any()
    return (trx: Trx) => ledger.post(trx, posting(tenant, account))
  }
  await paced({ ...plan, seconds: 1 }, 1, toAny)
  const rounds: Round[] = []
  for (let round = 0; round < plan.rounds; round++) {
    rounds.push({
      peer: peer?.run() ?? null,
      oneByOne: await paced(plan, 1, toAny),
      oneHotTenant: await paced(plan, 1, toOne),
      inBatchesOf100: await paced({ ...plan, clients: 1 }, 100, toOwn()),
    })
    const { isSound, checks } = await new VerifyLedger().handle()
    if (!isSound) throw new Error(`The books are not sound: ${JSON.stringify(checks)}`)
  }
  return { peer: peer?.name ?? null, rounds }
}
