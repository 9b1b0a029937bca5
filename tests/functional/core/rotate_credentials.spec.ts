import encryption from '@adonisjs/core/services/encryption'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { rowsOf } from '#app/core/database/insert_new'
import { countOld, rotate, type SealedColumn } from '#app/core/sealed_columns'
import { currentKeyId, keyIdOf, open, purposeOf } from '#app/core/vault'
import { AddWebhookSecret } from '#app/gateway/actions/add_webhook_secret'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { tokenKeeper } from '#app/gateway/token_keeper'
import Customer from '#app/receivables/models/customer'
import { PLATFORM_ACCESS_TOKEN } from '#app/simulator/main'
import Tenant from '#app/tenants/models/tenant'
import sealedColumns from '#start/sealed_columns'
import { aceProcess } from '#tests/support/ace_process'
import { givenCustomer, givenPlatformAccount, givenSeller } from '#tests/support/receivables'
import { randomCpf } from '#tests/support/tax_ids'

const OLD_KEY = 'test1'

const ofCustomers = sealedColumns.find(({ table }) => table === 'customers')!

/** As it was before a new key was put in front. */
async function sealUnderOldKey({ table, name }: SealedColumn, id: string, tenantId?: string) {
  const column = `${name}_ciphertext`
  const purpose = purposeOf(table, name, id, tenantId)
  const row = await db.from(table).where('id', id).firstOrFail()
  const sealed = encryption
    .use(OLD_KEY as never)
    .encrypt(open<any>(row[column], purpose), { purpose })
  await db
    .from(table)
    .where('id', id)
    .update({ [column]: sealed })
}

async function givenOldCustomers(count: number): Promise<Map<string, string>> {
  const tenant = await givenSeller()
  const taxIds = new Map<string, string>()
  for (let at = 0; at < count; at++) {
    const taxId = randomCpf()
    const { id } = await givenCustomer(tenant, { taxId })
    await sealUnderOldKey(ofCustomers, id, tenant.id)
    taxIds.set(id, taxId)
  }
  return taxIds
}

const taxIdOf = async (id: string) => {
  const { taxId } = await Customer.findOrFail(id)
  return taxId
}

const tenantTaxIdOf = async (id: string) => {
  const { taxId } = await Tenant.findOrFail(id)
  return taxId
}

const keyOf = async (id: string) => {
  const { taxIdCiphertext } = await Customer.findOrFail(id)
  return keyIdOf(taxIdCiphertext!)
}

async function ciphertextColumns(): Promise<string[]> {
  const client = db.connection()
  const isPostgres = client.dialect.name === 'postgres'
  const result = await client.rawQuery(
    isPostgres
      ? `select table_name as "table", column_name as name from information_schema.columns
         where table_schema = 'public'`
      : `select m.name as "table", c.name from sqlite_master m, pragma_table_info(m.name) c
         where m.type = 'table'`
  )
  return rowsOf<{ table: string; name: string }>(result)
    .filter(({ name }) => name.endsWith('_ciphertext'))
    .map(({ table, name }) => `${table}.${name}`)
}

test.group('Rotating the credential keys', () => {
  test('goes through every sealed column that there is', async ({ assert }) => {
    const found = await ciphertextColumns()

    const listed = sealedColumns.map(({ table, name }) => `${table}.${name}_ciphertext`)
    assert.sameMembers(listed, found)
    assert.isAbove(found.length, 10)
  })

  test('leaves every value readable where it belongs', async ({ assert }) => {
    const account = await givenPlatformAccount()
    await new AddWebhookSecret().handle({
      secret: 'a-webhook-secret-1',
      actor: { kind: 'command' },
    })
    const config = await GatewayConfig.current()
    const [[customerId, taxId]] = await givenOldCustomers(1)
    const { tenantId } = await Customer.findOrFail(customerId)
    const tenantTaxId = await tenantTaxIdOf(tenantId)
    const named = (table: string) => sealedColumns.find((one) => one.table === table)!
    await sealUnderOldKey(named('platform_accounts'), account.id)
    await sealUnderOldKey(named('gateway_configs'), config.id)
    await sealUnderOldKey(named('tenants'), tenantId, tenantId)

    const reports = []
    for (const sealed of sealedColumns) reports.push(await rotate(sealed))

    assert.equal(
      reports.reduce((sum, { rotated }) => sum + rotated, 0),
      4
    )
    assert.deepEqual([...new Set(reports.map(({ left }) => left))], [0])
    tokenKeeper.forget(account.ref)
    assert.equal(await tokenKeeper.accessToken(account.ref), PLATFORM_ACCESS_TOKEN)
    const { webhookSecrets } = await GatewayConfig.current()
    assert.equal(webhookSecrets[0].secret, 'a-webhook-secret-1')
    assert.equal(await taxIdOf(customerId), taxId)
    assert.equal(await tenantTaxIdOf(tenantId), tenantTaxId)
  })

  test('does not undo what changes meanwhile', async ({ assert }) => {
    const taxIds = await givenOldCustomers(30)
    const changed = [...taxIds.keys()].filter((_, at) => at % 2 === 0)
    const newTaxIds = new Map(changed.map((id) => [id, randomCpf()]))

    await Promise.all([
      rotate(ofCustomers),
      ...changed.map(async (id) => {
        const customer = await Customer.findOrFail(id)
        await customer.identify({ kind: 'CPF', digits: newTaxIds.get(id)!, masked: '***' }).save()
      }),
    ])

    await rotate(ofCustomers)
    assert.equal(await countOld(ofCustomers), 0)
    for (const [id, taxId] of taxIds) {
      assert.equal(await taxIdOf(id), newTaxIds.get(id) ?? taxId)
      assert.equal(await keyOf(id), currentKeyId())
    }
  })

  test('goes on with what an earlier run left', async ({ assert }) => {
    const taxIds = await givenOldCustomers(40)
    const half = [...taxIds.keys()].sort().slice(0, 20)
    await rotate(ofCustomers)
    const { tenantId } = await Customer.findOrFail(half[0])
    for (const id of half) await sealUnderOldKey(ofCustomers, id, tenantId)

    const { ended } = aceProcess('credentials:rotate', '--json')
    const { exitCode, stdout } = await ended

    const { left, columns } = JSON.parse(stdout)
    assert.equal(exitCode, 0)
    assert.equal(left, 0)
    const customers = columns.find(({ table }: { table: string }) => table === 'customers')
    assert.include(customers, { old: 20, rotated: 20, left: 0 })
    for (const [id, taxId] of taxIds) assert.equal(await taxIdOf(id), taxId)
  })

  test('names what no key opens, and says so by its exit code', async ({ assert }) => {
    const taxIds = await givenOldCustomers(3)
    const [lost] = taxIds.keys()
    await db.from('customers').where('id', lost).update({ tax_id_ciphertext: 'gone.abc.def' })

    const dry = await aceProcess('credentials:rotate', '--dry-run', '--json').ended
    assert.equal(dry.exitCode, 1)
    assert.equal(JSON.parse(dry.stdout).left, 3)
    const { exitCode, stdout } = await aceProcess('credentials:rotate', '--json').ended

    assert.equal(exitCode, 1)
    const { left, columns } = JSON.parse(stdout)
    assert.equal(left, 1)
    const customers = columns.find(({ table }: { table: string }) => table === 'customers')
    assert.deepEqual(customers.undecryptable, [lost])
    assert.equal(customers.rotated, 2)
  })
})
