import { recordAudit, type Actor } from '#app/core/audit'
import { inLanes } from '#app/core/lanes'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { transaction } from '#app/core/transaction'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { renew, type RenewalOutcome } from '#app/gateway/tokens/renewal'
import { tokenKeeper } from '#app/gateway/token_keeper'
import Tenant from '#app/tenants/models/tenant'

interface RefreshInput {
  /** Only the connections of this tenant. */
  tenantId?: string
  /** Also those whose time has not come. */
  force?: boolean
  /** Say which, and do nothing. */
  dryRun?: boolean
  actor: Actor
  onStart?: (count: number) => void
  onResult?: (result: RefreshResult) => void
}

export interface RefreshResult {
  /** Its address. */
  tenant: string
  tenantId: string
  connectionId: string
  label: string
  outcome: RenewalOutcome | 'due'
  /** When the access token ends that is there now. */
  expiresAt: string | null
  /** Why it was not renewed: "invalid_grant", "unknown". */
  reason: string | null
}

export type RefreshCounts = Record<RefreshResult['outcome'], number>

const AT_ONCE = 4
const BATCH = 100

/**
 * Renews the tokens whose time has come, a few at once. Any number of processes may do so at the
 * same time: each token is renewed once. Stopped anywhere, it goes on with the next run.
 */
export class RefreshTokens {
  async handle(input: RefreshInput): Promise<RefreshCounts> {
    const counts = { due: 0, renewed: 0, reused: 0, refused: 0, failed: 0 }
    const before = instantText(clock.now())
    input.onStart?.(await countOf(input, before))
    for (let after = ''; ;) {
      const batch = await next(input, before, after)
      await inLanes(batch, AT_ONCE, async (connection) => {
        const result = await this.#refresh(connection, input)
        counts[result.outcome]++
        input.onResult?.(result)
      })
      if (batch.length < BATCH) return counts
      after = batch[BATCH - 1].id
    }
  }

  /** One at once, whatever its time. */
  renewNow(connection: TenantGatewayConfig, actor: Actor): Promise<RefreshResult> {
    return this.#refresh(connection, { actor })
  }

  async #refresh(
    connection: TenantGatewayConfig,
    { dryRun, actor }: RefreshInput
  ): Promise<RefreshResult> {
    if (dryRun) return resultOf(connection, 'due')
    const outcome = await renew(connection)
    tokenKeeper.forget(connection.ref)
    if (actor.kind !== 'worker') await this.#audit(connection, outcome, actor)
    return resultOf((await TenantGatewayConfig.of(connection))!, outcome)
  }

  #audit({ tenantId, id }: TenantGatewayConfig, outcome: RenewalOutcome, actor: Actor) {
    return transaction((trx) =>
      recordAudit(trx, {
        actor,
        action: 'connection.refresh_asked',
        subject: { type: 'connection', id },
        tenantId,
        details: { outcome },
      })
    )
  }
}

async function resultOf(
  { tenantId, id, label, tokenExpiresAt, lastFailure }: TenantGatewayConfig,
  outcome: RefreshResult['outcome']
): Promise<RefreshResult> {
  const { slug: tenant } = await Tenant.findOrFail(tenantId)
  const expiresAt = tokenExpiresAt && instantText(tokenExpiresAt)
  const reason = outcome === 'refused' || outcome === 'failed' ? lastFailure : null
  return { tenant, tenantId, connectionId: id, label, outcome, expiresAt, reason }
}

/** Those of a disconnecting account too: its open charges need a token to their end. */
function wanted({ tenantId, force }: RefreshInput, before: string) {
  // tenant: all of them, or the one that was named
  const query = TenantGatewayConfig.query().whereNotNull('refresh_token_ciphertext')
  if (tenantId) query.where('tenant_id', tenantId)
  if (!force) query.where('refresh_at', '<=', before)
  return query
}

async function countOf(input: RefreshInput, before: string): Promise<number> {
  const [{ $extras }] = await wanted(input, before).count('* as total')
  return Number($extras.total)
}

function next(input: RefreshInput, before: string, after: string) {
  const query = wanted(input, before).orderBy('id').limit(BATCH)
  return (after ? query.where('id', '>', after) : query).exec()
}

/** Those that only their owners can mend, of all tenants or one. */
export async function countForPerson(tenantId?: string): Promise<number> {
  // tenant: all of them, or the one that was named
  const query = TenantGatewayConfig.query().where('state', 'needs_reauthorization')
  if (tenantId) query.where('tenant_id', tenantId)
  const [{ $extras }] = await query.count('* as total')
  return Number($extras.total)
}
