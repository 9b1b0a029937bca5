import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import mercadopago from '#config/mercadopago'
import { rowsOf } from '#app/core/database/insert_new'
import { newPublicToken } from '#app/core/ids'
import { open, purposeOf } from '#app/core/vault'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { tokenKeeper } from '#app/gateway/token_keeper'
import { openRefreshToken } from '#app/gateway/tokens/sealed_tokens'
import { PLATFORM_ACCESS_TOKEN } from '#app/simulator/main'
import { givenSellerAccount, revoke } from '#tests/support/connections'
import { begin, decide, lastAttempt } from '#tests/support/consent'
import { freePort } from '#tests/support/free_port'
import { givenMember, givenPlatformAdmin, givenTenant, PASSWORD } from '#tests/support/given'
import { startProcess, until, type StartedProcess } from '#tests/support/processes'
import { givenReceivable } from '#tests/support/receivables'
import { randomCpf } from '#tests/support/tax_ids'
import { Visitor } from '#tests/support/visitor'

const WEBHOOK_SECRET = 'canary-webhook-secret-0123456789'

let web: StartedProcess | undefined
const answers: string[] = []

/** Everything that a visitor is shown is kept. */
class WatchedVisitor extends Visitor {
  override async get(...input: Parameters<Visitor['get']>) {
    return keep(await super.get(...input))
  }
  override async post(...input: Parameters<Visitor['post']>) {
    return keep(await super.post(...input))
  }
}

function keep<Answer extends { text: string }>(answer: Answer): Answer {
  answers.push(answer.text)
  return answer
}

/** A process of its own, so that all that it says can be read; as talkative as it can be. */
async function startWeb(): Promise<string> {
  const port = await freePort()
  web = startProcess('bin/server.ts', [], { PORT: String(port), LOG_LEVEL: 'trace', WORKER: 'off' })
  await web.said(/started HTTP server/)
  const url = `http://127.0.0.1:${port}`
  await until(async () => {
    const { status } = await fetch(`${url}/health/ready`)
    return status === 503 || status === 200
  })
  return url
}

async function loggedInAt(base: string, { email }: { email: string }) {
  const visitor = new WatchedVisitor('pt-BR', base)
  await visitor.logIn(email)
  return visitor
}

/** Refuses every row of a table while the work is done: its values come back in the message. */
async function whileRefused(table: string, work: () => Promise<unknown>) {
  const client = db.connection()
  const isPostgres = client.dialect.name === 'postgres'
  const on = isPostgres
    ? [`alter table ${table} add constraint canary check (id is null) not valid`]
    : ['insert', 'update'].map(
        (event) => `create trigger canary_${event} before ${event} on ${table}
          begin select raise(abort, 'canary'); end`
      )
  const off = isPostgres
    ? [`alter table ${table} drop constraint canary`]
    : ['drop trigger canary_insert', 'drop trigger canary_update']
  for (const statement of on) await client.rawQuery(statement)
  try {
    await work()
  } finally {
    for (const statement of off) await client.rawQuery(statement)
  }
}

/** All that the database holds, as text. */
async function dump(): Promise<string> {
  const client = db.connection()
  const tables = await client.getAllTables(['public'])
  const rows = []
  for (const table of tables) {
    const name = table.split('.').at(-1)!
    rows.push(JSON.stringify(rowsOf(await client.rawQuery(`select * from ${name}`))))
  }
  return rows.join('\n')
}

const verifierOf = async () => {
  const { id, tenantId, verifierCiphertext } = await lastAttempt()
  const purpose = purposeOf('connection_attempts', 'verifier', id, tenantId)
  return open(verifierCiphertext!, purpose)
}

test.group('Secrets', (group) => {
  group.each.setup(() => async () => {
    await web?.kill()
    answers.length = 0
  })

  test('A10 are in no dump, no log, no page and no error, whatever fails', async ({ assert }) => {
    const secrets = new Map<string, string>()
    const base = await startWeb()
    const admin = await loggedInAt(base, await givenPlatformAdmin())
    const { tenant, user } = await givenMember(await givenTenant(), 'owner')
    const owner = await loggedInAt(base, user)
    const home = `/t/${tenant.slug}`
    const taxId = randomCpf()
    const sent = {
      account: () => admin.post('/admin/gateway/accounts', { token: PLATFORM_ACCESS_TOKEN }),
      secret: () => admin.post('/admin/gateway/secrets', { secret: WEBHOOK_SECRET }),
      customer: () =>
        owner.post(`${home}/customers`, {
          ...{ _key: newPublicToken(), name: 'Maria Canary', email: 'maria.canary@example.com' },
          ...{ tax_id: taxId, locale: 'pt-BR' },
        }),
      destination: () =>
        owner.post(`${home}/payouts/destination?kind=pix`, {
          ...{ _key: newPublicToken(), password: PASSWORD },
          ...{ 'secret[key_kind]': 'random', 'secret[pix_key]': PIX_KEY },
          ...{ 'secret[holder_tax_id]': tenant.taxId },
        }),
    }
    await admin.get('/admin/gateway')
    await owner.get(`${home}/customers/create`)
    const mayFail: [string, () => Promise<{ status: number }>][] = [
      ['platform_accounts', sent.account],
      ['gateway_configs', sent.secret],
      ['customers', sent.customer],
      ['payout_destinations', sent.destination],
    ]
    for (const [table, send] of mayFail) {
      await whileRefused(table, async () => {
        const { status } = await send()
        assert.equal(status, 500, table)
      })
      const { status } = await send()
      assert.isBelow(status, 400, table)
    }

    const seller = await givenSellerAccount()
    await whileRefused('connection_attempts', () => begin(owner, tenant).catch(() => {}))
    const lost = await decide(await begin(owner, tenant), seller.id)
    await whileRefused('tenant_gateway_configs', () => owner.get(lost))
    const consent = await begin(owner, tenant)
    secrets.set('verifier', await verifierOf())
    const back = await decide(consent, seller.id)
    for (const name of ['code', 'state']) {
      secrets.set(name, new URL(back, base).searchParams.get(name)!)
    }
    await owner.get(back)
    const connection = await TenantGatewayConfig.findByOrFail('tenantId', tenant.id)
    const { refreshTokenCiphertext } = connection
    secrets.set('access token', await tokenKeeper.accessToken(connection.ref))
    secrets.set('refresh token', openRefreshToken(connection, refreshTokenCiphertext!))

    await owner.get(`${home}/gateway`)
    await owner.get(`${home}/gateway/${connection.id}`)
    await admin.get('/admin/gateway')
    await admin.get('/admin/connections')
    await revoke(connection)
    const receivable = await givenReceivable(await tenant.refresh())
    await owner.get(`${home}/receivables/${receivable.id}`)
    const offer = { _key: newPublicToken(), method: 'pix' }
    await owner.post(`${home}/receivables/${receivable.id}/charges`, offer)

    secrets.set('platform token', PLATFORM_ACCESS_TOKEN)
    secrets.set('webhook secret', WEBHOOK_SECRET)
    secrets.set('client secret', mercadopago.clientSecret!.release())
    secrets.set('password', PASSWORD)
    secrets.set('Pix key', PIX_KEY)
    secrets.set('tax id', taxId)
    const places = {
      'the database': await dump(),
      'the logs': web!.output(),
      'the pages': answers.join('\n'),
    }
    assert.include(places['the logs'], 'DatabaseError')
    assert.isAbove(places['the pages'].length, 10_000)
    for (const [place, text] of Object.entries(places)) {
      for (const [name, secret] of secrets) {
        if (place === 'the pages' && SHOWN.includes(name)) continue
        assert.isFalse(text.includes(secret), `the ${name} is in ${place}`)
      }
    }
  }).timeout(180_000)
})

/** Their owner may read them, and the browser carries the state to the provider. */
const SHOWN = ['Pix key', 'tax id', 'state']

const PIX_KEY = '7d9f0335-8dcc-4054-9bf9-0dbd61d36906'
