import { inLanes } from '#app/core/lanes'
import { DomainError } from '#app/core/errors'
import { Undecryptable } from '#app/core/vault'
import { CheckConnection, verify, type CheckOutcome } from '#app/gateway/actions/check_connection'
import { TenantMayNotSell } from '#app/gateway/gateway_errors'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import PlatformAccount from '#app/gateway/models/platform_account'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import type { AccountRef } from '#app/gateway/provider'
import Store from '#app/tenants/models/store'
import Tenant from '#app/tenants/models/tenant'

interface CheckInput {
  /** Only this tenant, in whatever state it is; else all active ones. */
  tenantId?: string
  /** Whether its account would do, although it may not sell yet. */
  isToBeApproved?: boolean
  onStart?: (count: number) => void
  onResult?: (result: TenantCheck) => void
}

/** Why nothing can be charged: the resolver's error, or what the provider answered. */
export interface Obstacle {
  /** Key of its words below `errors`, or `guardian.check.<outcome>`. */
  key: string
  params: Record<string, string | number>
  /** The stores that it stops; empty when it is all of them. */
  stores: string[]
}

export interface TenantCheck {
  tenantId: string
  tenant: string
  mode: string
  /** `unknown` where the provider did not answer. */
  verdict: 'can_charge' | 'cannot_charge' | 'unknown'
  obstacles: Obstacle[]
}

export interface AccountCheck {
  account: string
  currency: string
  outcome: Answer
}

interface Sale {
  tenantId: string
  storeId: string
  currency: string
}

type Answer = CheckOutcome | 'undecryptable'

const AT_ONCE = 4

/**
 * Says of each tenant whether it could charge at this moment, as the resolver decides and as the
 * provider answers; each account is asked once. It changes nothing but what health shows.
 */
export class CheckTenants {
  #resolver = new GatewayResolver()
  #answers = new Map<string, Promise<Answer>>()

  async handle({ tenantId, isToBeApproved, onStart, onResult }: CheckInput) {
    const counts = { can_charge: 0, cannot_charge: 0, unknown: 0 }
    const query = Tenant.query().orderBy('slug')
    const tenants = await (tenantId ? query.where('id', tenantId) : query.where('state', 'active'))
    onStart?.(tenants.length)
    await inLanes(tenants, AT_ONCE, async (tenant) => {
      const result = await this.#check(tenant, isToBeApproved)
      counts[result.verdict]++
      onResult?.(result)
    })
    return { counts, accounts: tenantId ? [] : await this.#platformAccounts() }
  }

  async #check(tenant: Tenant, isToBeApproved = false): Promise<TenantCheck> {
    const { id: tenantId, slug, mode, currency } = tenant
    const stores = await Store.query().where('tenant_id', tenantId).orderBy('id')
    const found: { name: string; obstacle: Obstacle | null }[] = []
    for (const { id: storeId, name } of stores) {
      found.push({
        name,
        obstacle: await this.#obstacle(tenant, { tenantId, storeId, currency }, isToBeApproved),
      })
    }
    const obstacles = merged(found)
    const isUnknown = obstacles.every(({ key }) => key === keyOf('not_answered'))
    const verdict = isUnknown ? 'unknown' : 'cannot_charge'
    return {
      ...{ tenantId, tenant: slug, mode, obstacles },
      verdict: obstacles.length === 0 ? 'can_charge' : verdict,
    }
  }

  async #obstacle(tenant: Tenant, sale: Sale, isToBeApproved: boolean) {
    try {
      if (!isToBeApproved && !tenant.maySell) throw new TenantMayNotSell()
      const { ref, collectorId } = await this.#resolver.accountFor(tenant, sale)
      const answer = await this.#ask(ref, collectorId)
      return answer === 'well' ? null : { key: keyOf(answer), params: {}, stores: [] }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return { key: `errors.${error.key}`, params: error.params, stores: [] }
    }
  }

  #ask(ref: AccountRef, collectorId: string): Promise<Answer> {
    const asked = this.#answers.get(ref.id) ?? ask(ref, collectorId)
    this.#answers.set(ref.id, asked)
    return asked
  }

  async #platformAccounts(): Promise<AccountCheck[]> {
    const accounts = await PlatformAccount.query()
      .whereNotNull('access_token_ciphertext')
      .orderBy('id')
    const checks: AccountCheck[] = []
    for (const { ref, collectorId, nickname, currency } of accounts) {
      const outcome = await this.#ask(ref, collectorId)
      checks.push({ account: nickname, currency, outcome })
    }
    return checks
  }
}

const keyOf = (outcome: Answer) => `guardian.check.${outcome}`

async function ask(ref: AccountRef, collectorId: string): Promise<Answer> {
  try {
    if (ref.kind === 'platform') return await verify(ref, collectorId)
    return await new CheckConnection().handle((await TenantGatewayConfig.of(ref))!)
  } catch (error) {
    if (error instanceof Undecryptable) return 'undecryptable'
    throw error
  }
}

/** The same obstacle of several stores, said once; of all of them, without their names. */
function merged(found: { name: string; obstacle: Obstacle | null }[]): Obstacle[] {
  const byWords = Map.groupBy(
    found.flatMap(({ name, obstacle }) => (obstacle ? { name, obstacle } : [])),
    ({ obstacle: { key, params } }) => JSON.stringify([key, params])
  )
  return [...byWords.values()].map((same) => ({
    ...same[0].obstacle,
    stores: same.length === found.length ? [] : same.map(({ name }) => name),
  }))
}
