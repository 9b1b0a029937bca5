import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { open, purposeOf } from '#app/core/vault'
import { SetDestination } from '#app/payouts/actions/set_destination'
import type { DestinationDetails } from '#app/payouts/destination_details'
import PayoutDestination from '#app/payouts/models/payout_destination'
import type User from '#app/identity/models/user'
import type Tenant from '#app/tenants/models/tenant'
import { givenMember, givenTenant, PASSWORD } from '#tests/support/given'
import { randomCnpj } from '#tests/support/tax_ids'

const pixKeyOf = (key: string): DestinationDetails => ({ kind: 'pix', keyKind: 'email', key })

const set = (
  tenant: Tenant,
  user: User,
  given: { details?: DestinationDetails; holderTaxId: string; password?: string }
) =>
  new SetDestination().handle({
    tenant,
    details: given.details ?? pixKeyOf('money@example.com'),
    holderTaxId: given.holderTaxId,
    userId: user.id,
    password: given.password ?? PASSWORD,
    actor: { kind: 'user', userId: user.id, ip: '127.0.0.1' },
  })

async function givenOwner() {
  const holderTaxId = randomCnpj()
  const tenant = await givenTenant({ taxId: holderTaxId })
  const { user } = await givenMember(tenant, 'owner')
  return { tenant, user, holderTaxId }
}

/** The error's class name and the field that it belongs to. */
const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error) => `${error.constructor.name} ${error.field}`
  )

test.group('A payout destination', () => {
  test('is sealed for its own row, and shows a mask', async ({ assert }) => {
    const { tenant, user, holderTaxId } = await givenOwner()
    const details = pixKeyOf('money@example.com')
    const { id } = await set(tenant, user, { details, holderTaxId })

    const row = await PayoutDestination.findOrFail(id)
    assert.equal(row.masked, 'm***@e***')
    assert.notInclude(JSON.stringify(await db.from('payout_destinations')), 'money@example')
    assert.notInclude(JSON.stringify(await db.from('audit_entries')), 'money@example')
    const purpose = purposeOf('payout_destinations', 'details', id, tenant.id)
    assert.deepEqual(open(row.detailsCiphertext, purpose), details)
    const elsewhere = purposeOf('payout_destinations', 'details', 'other', tenant.id)
    assert.throws(() => open(row.detailsCiphertext, elsewhere))
  })

  test('is replaced by the next one, and stays as history', async ({ assert }) => {
    const { tenant, user, holderTaxId } = await givenOwner()
    const first = await set(tenant, user, { holderTaxId })
    const second = await set(tenant, user, { details: pixKeyOf('new@example.com'), holderTaxId })

    await first.refresh()
    assert.equal(first.state, 'replaced')
    assert.isNotNull(first.replacedAt)
    const [changed] = await db.from('audit_entries').where('subject_id', second.id)
    assert.equal(changed.action, 'payout_destination.changed')
    assert.equal(changed.user_id, user.id)
    assert.include(JSON.stringify(changed.details), 'n***@e***')
  })

  test('changed by two owners at once is one in the end', async ({ assert }) => {
    const { tenant, user, holderTaxId } = await givenOwner()
    await set(tenant, user, { holderTaxId })
    const both = ['a@example.com', 'b@example.com'].map((key) =>
      refusalOf(set(tenant, user, { details: pixKeyOf(key), holderTaxId }))
    )
    assert.deepEqual(await Promise.all(both), ['none', 'none'])
    const rows = await PayoutDestination.query().where('tenant_id', tenant.id)
    assert.lengthOf(rows, 3)
    assert.lengthOf(
      rows.filter(({ state }) => state === 'current'),
      1
    )
  })

  test('needs the password', async ({ assert }) => {
    const { tenant, user, holderTaxId } = await givenOwner()
    const refused = set(tenant, user, { holderTaxId, password: 'wrong' })
    assert.equal(await refusalOf(refused), 'WrongPassword password')
    assert.lengthOf(await PayoutDestination.all(), 0)
  })

  test('cannot be guessed at: after some wrong passwords the right one waits too', async ({
    assert,
  }) => {
    const { tenant, user, holderTaxId } = await givenOwner()
    const wrong = () => refusalOf(set(tenant, user, { holderTaxId, password: 'wrong' }))
    for (let tries = 0; tries < 20; tries++) await wrong()
    const refused = set(tenant, user, { holderTaxId })
    assert.include(await refusalOf(refused), 'TooManyAttempts')
    assert.lengthOf(await PayoutDestination.all(), 0)
  })

  test('is never that of somebody else', async ({ assert }) => {
    const { tenant, user, holderTaxId } = await givenOwner()
    for (const other of [randomCnpj(), '', 'x', `${holderTaxId}1`]) {
      const refused = set(tenant, user, { holderTaxId: other })
      assert.equal(await refusalOf(refused), 'DestinationOfAnother secret.holder_tax_id')
    }
    const details: DestinationDetails = { kind: 'pix', keyKind: 'cnpj', key: randomCnpj() }
    const refused = set(tenant, user, { details, holderTaxId })
    assert.equal(await refusalOf(refused), 'DestinationOfAnother secret.pix_key')
    assert.lengthOf(await PayoutDestination.all(), 0)

    const own: DestinationDetails = { kind: 'pix', keyKind: 'cnpj', key: holderTaxId }
    assert.equal(await refusalOf(set(tenant, user, { details: own, holderTaxId })), 'none')
  })

  test('takes the tax id as people write it', async ({ assert }) => {
    const { tenant, user, holderTaxId: bare } = await givenOwner()
    const holderTaxId = bare.replace(/^(..)(...)(...)(....)(..)$/, '$1.$2.$3/$4-$5')
    assert.equal(await refusalOf(set(tenant, user, { holderTaxId })), 'none')
  })
})
