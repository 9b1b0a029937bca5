import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import { clock } from '#app/core/clock'
import AuditEntry from '#app/core/models/audit_entry'
import { SaveFeeDocument } from '#app/payments/actions/save_fee_document'
import { feeMonth, feesOfMonth } from '#app/payments/queries/fee_months'
import type Charge from '#app/receivables/models/charge'
import type Tenant from '#app/tenants/models/tenant'
import { givenConnection } from '#tests/support/connections'
import { givenMember, givenPlatformAdmin, givenTenant } from '#tests/support/given'
import { givenWebhookSecret } from '#tests/support/money'
import { givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { loggedIn } from '#tests/support/visitor'
import { drainWork } from '#tests/support/work'

const monthOf = (tenant: Tenant) => clock.today(tenant.timeZone).slice(0, 7)

const plain = (html: string) => html.replaceAll('\u00a0', ' ')

async function givenSale(tenant: Tenant, amountMinor: number): Promise<Charge> {
  const charge = await issue(tenant, await givenReceivable(tenant, { amountMinor }), 'pix')
  await simulator.pay(charge.providerPaymentId!)
  await drainWork()
  return charge
}

async function refund({ providerPaymentId }: Charge, amount?: number) {
  await simulator.control(
    'POST',
    `/payments/${providerPaymentId}/refunds`,
    amount ? { amount } : {}
  )
  await drainWork()
}

const linesOf = async (tenant: Tenant) => {
  const { lines } = await feeMonth(tenant, monthOf(tenant))
  return lines.map(({ tenantId: _, currency: __, ...line }) => line)
}

test.group('The fee statement', (group) => {
  group.each.setup(givenWebhookSecret)

  test('adds up what was kept of money that the platform received (S2-37)', async ({ assert }) => {
    const tenant = await givenSeller()
    await givenSale(tenant, 100_00)
    const charge = await givenSale(tenant, 33_33)
    await refund(charge, 10)

    assert.deepEqual(await linesOf(tenant), [
      {
        mode: 'centralized',
        percent: '1.00',
        payments: 2,
        baseMinor: 133_33,
        feeMinor: 1_33,
        baseReturnedMinor: 10_00,
        feeReturnedMinor: 10,
      },
    ])
    const { totals } = await feeMonth(tenant, monthOf(tenant))
    assert.equal(totals.netMinor, 1_23)
  })

  test('has what was split off on the tenant’s own account beside it', async ({ assert }) => {
    const tenant = await givenSeller()
    await givenSale(tenant, 100_00)
    await givenConnection(tenant)
    const charge = await givenSale(tenant, 200_00)
    await refund(charge)

    const lines = await linesOf(tenant)
    assert.deepEqual(
      lines.map(({ mode, feeMinor, feeReturnedMinor }) => [mode, feeMinor, feeReturnedMinor]),
      [
        ['centralized', 1_00, 0],
        ['connected', 2_00, 2_00],
      ]
    )
    assert.equal(lines[1].baseReturnedMinor, 200_00)
  })

  test('counts each event in its own month, where the tenant lives', async ({ assert }) => {
    const tenant = await givenSeller()
    const sold = monthOf(tenant)
    const charge = await givenSale(tenant, 100_00)
    await simulator.advance({ days: 31 })
    await refund(charge)

    const first = await feeMonth(tenant, sold)
    const later = await feeMonth(tenant, monthOf(tenant))
    assert.include(first.totals, { feeMinor: 1_00, feeReturnedMinor: 0 })
    assert.include(later.totals, { feeMinor: 0, feeReturnedMinor: 1_00, netMinor: -1_00 })
  })

  test('names both parties, each rate and the document, and comes as a file', async ({
    assert,
  }) => {
    const { tenant, user } = await givenMember(await givenSeller(), 'owner')
    await givenSale(tenant, 100_00)
    const month = monthOf(tenant)
    const admin = await givenPlatformAdmin()
    const office = await loggedIn(admin)
    await office.get(`/admin/fees/${month}/${tenant.id}`)
    await office.post(`/admin/fees/${month}/${tenant.id}/document`, { number: 'NFS-e 1234' })

    const visitor = await loggedIn(user)
    const page = await visitor.get(`/t/${tenant.slug}/fees/${month}`)
    for (const text of [tenant.legalName, 'NFS-e 1234', '1,00', '1%'])
      assert.include(plain(page.text), text)
    const csv = await visitor.get(`/t/${tenant.slug}/fees/${month}/export.csv`)
    const [, row] = parse(csv.text, { delimiter: ';', bom: true })
    assert.include(row, tenant.legalName)
    assert.include(row, '100,00')
    const [fee] = await feesOfMonth(month)
    assert.equal(fee.documentNumber, 'NFS-e 1234')
    assert.equal(fee.totals.netMinor, 1_00)
    const entry = await AuditEntry.query().where('action', 'fee_document.saved').firstOrFail()
    assert.equal(entry.details.after, 'NFS-e 1234')
  })

  test('is not for cashiers, nor for another tenant', async ({ assert }) => {
    const { tenant, user } = await givenMember(await givenTenant(), 'cashier')
    const { user: stranger } = await givenMember(await givenTenant(), 'owner')
    const month = monthOf(tenant)

    const inside = await loggedIn(user)
    const byCashier = await inside.get(`/t/${tenant.slug}/fees/${month}`)
    const outside = await loggedIn(stranger)
    const byStranger = await outside.get(`/t/${tenant.slug}/fees/${month}`)
    assert.equal(byCashier.status, 403)
    assert.equal(byStranger.status, 404)
  })

  test('lets a number be changed and taken away', async ({ assert }) => {
    const tenant = await givenTenant()
    const save = (number: string | null) =>
      new SaveFeeDocument().handle({
        ...{ tenantId: tenant.id, month: '2026-11', number },
        actor: { kind: 'command' },
      })
    const numberNow = async () => {
      const { documentNumber } = await feeMonth(tenant, '2026-11')
      return documentNumber
    }

    await Promise.all([save('1'), save('1')])
    assert.equal(await numberNow(), '1')
    await save('2')
    assert.equal(await numberNow(), '2')
    await save(null)
    assert.isNull(await numberNow())
  })
})
