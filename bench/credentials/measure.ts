import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { newId } from '#app/core/ids'
import { PROVIDER } from '#app/gateway/models/platform_account'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { tokenKeeper } from '#app/gateway/token_keeper'
import { grantColumns } from '#app/gateway/tokens/sealed_tokens'
import { givenTenant } from '#tests/support/given'

const TOKEN = `APP_USR-${'7'.repeat(16)}-112110-${'a'.repeat(32)}-241983636`
const WARM_TIMES = 200_000

interface Round {
  warmNanoseconds: number
  coldMicroseconds: number
  selectMicroseconds: number
}

/** Interleaved: each round measures all three. */
export async function measure({ rounds, times }: { rounds: number; times: number }) {
  const connection = await givenConnectedAccount()
  const { ref, tenantId, id } = connection
  const cold = async () => {
    tokenKeeper.forget(ref)
    await tokenKeeper.accessToken(ref)
  }
  const select = () => db.from('tenant_gateway_configs').where({ tenant_id: tenantId, id }).first()
  await perCall(times, cold)
  await perCall(times, select)

  const measured: Round[] = []
  for (let round = 0; round < rounds; round++) {
    if ((await tokenKeeper.accessToken(ref)) !== TOKEN) throw new Error('another token')
    measured.push({
      warmNanoseconds: 1000 * (await perCall(WARM_TIMES, () => tokenKeeper.accessToken(ref))),
      coldMicroseconds: await perCall(times, cold),
      selectMicroseconds: await perCall(times, select),
    })
  }
  return {
    warmMicroseconds: spread(measured.map(({ warmNanoseconds }) => warmNanoseconds / 1000)),
    coldToSelect: spread(
      measured.map((round) => round.coldMicroseconds / round.selectMicroseconds)
    ),
    rounds: measured,
  }
}

/** Microseconds of one call. */
async function perCall(times: number, work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  for (let time = 0; time < times; time++) await work()
  return (1000 * (performance.now() - startedAt)) / times
}

function spread(values: number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (place: number) => Number(sorted[place].toFixed(3))
  return {
    median: at(Math.floor(sorted.length / 2)),
    lowest: at(0),
    highest: at(sorted.length - 1),
  }
}

async function givenConnectedAccount(): Promise<TenantGatewayConfig> {
  const { id: tenantId } = await givenTenant()
  const connection = new TenantGatewayConfig().merge({
    id: newId(),
    tenantId,
    provider: PROVIDER,
    label: 'Main account',
    mpUserId: '241983636',
    siteId: 'MLB',
    country: 'BR',
    currency: 'BRL',
    nickname: 'SELLER',
    isTest: false,
    state: 'connected',
    isDefault: true,
    tokenVersion: 0,
    refreshAttempts: 0,
    connectedAt: DateTime.utc(),
  })
  const grant = {
    accessToken: TOKEN,
    refreshToken: 'TG-refresh-241983636',
    lifeSeconds: 15_552_000,
    userId: '241983636',
    publicKey: null,
    scopes: 'offline_access read write',
    liveMode: true,
  }
  return connection.merge(grantColumns(connection, grant)).save()
}
