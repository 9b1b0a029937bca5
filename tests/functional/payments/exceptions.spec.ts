import { test } from '@japa/runner'
import fc from 'fast-check'
import AuditEntry from '#app/core/models/audit_entry'
import type User from '#app/identity/models/user'
import { newPublicToken } from '#app/core/ids'
import { mercadoPago } from '#app/gateway/mercado_pago'
import { VerifyLedger } from '#app/ledger/actions/verify_ledger'
import { LinkPayment } from '#app/payments/actions/link_payment'
import { ResolveException } from '#app/payments/actions/resolve_exception'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import ExceptionCase, { type ExceptionKind } from '#app/payments/models/exception_case'
import ExceptionNote from '#app/payments/models/exception_note'
import Payment from '#app/payments/models/payment'
import { postingChecks } from '#app/payments/queries/posting_checks'
import Charge from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'
import { CancelReceivable } from '#app/receivables/actions/cancel_receivable'
import type Tenant from '#app/tenants/models/tenant'
import { truncate } from '#tests/support/database'
import { givenMember, givenPlatformAdmin, givenTenant } from '#tests/support/given'
import { bucketsOf, givenWebhookSecret, makePix, postings } from '#tests/support/money'
import { holds } from '#tests/support/property'
import { givenBoleto, givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const byCommand = { kind: 'command' } as const

const offences = async () => {
  const { checks } = await new VerifyLedger().handle(postingChecks)
  return checks.filter(({ offences: count }) => count > 0)
}

/** A boleto of R$ 150.00 that was paid with another amount, and the exception of it. */
async function givenPaid(amount: number, tenant?: Tenant) {
  const seller = tenant ?? (await givenSeller())
  const { receivable, charge } = await givenBoleto(seller)
  await simulator.pay(charge.providerPaymentId!, amount)
  await drainWork()
  await receivable.refresh()
  const exception = await ExceptionCase.query().where('receivable_id', receivable.id).firstOrFail()
  return { tenant: seller, receivable, charge, exception }
}

/** R$ 12.34 on the platform's account that no charge asked for. */
async function givenUnknownMoney(reference?: string) {
  const id = String(await makePix(newPublicToken(), reference))
  await simulator.pay(id)
  await drainWork()
  const exception = await ExceptionCase.query().where('kind', 'unknown_payment').firstOrFail()
  return { id, exception }
}

const decide = (tenant: Tenant, { id }: ExceptionCase, decision: string, userId: string) =>
  new ResolveException().handle({
    owner: { tenantId: tenant.id },
    exceptionId: id,
    decision: decision as 'waived',
    userId,
    actor: byCommand,
  })

/** What came of several at once: how many were done, and what the others were told. */
async function outcomes(all: Promise<unknown>[]) {
  const settled = await Promise.allSettled(all)
  const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  return { done: all.length - refused.length, refused: refused.map((error) => error.key) }
}

const stateOf = async (receivable: Receivable) => {
  await receivable.refresh()
  return receivable.state
}

test.group('A decision on an exception', (group) => {
  group.each.setup(givenWebhookSecret)

  test('waives the rest of a short payment: it is paid, and stays so', async ({
    assert,
    client,
  }) => {
    const { tenant, receivable, charge, exception } = await givenPaid(100)
    const { user } = await givenMember(tenant, 'manager')
    const before = await postings()
    assert.equal(receivable.state, 'partially_paid')

    const answer = await client
      .post(`/t/${tenant.slug}/exceptions/${exception.id}/decision`)
      .form({ _key: newPublicToken(), decision: 'waived' })
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)

    assert.equal(answer.status(), 303)
    assert.equal(await stateOf(receivable), 'paid')
    assert.deepEqual([receivable.waivedMinor, receivable.outstandingMinor], [5000, 0])
    await exception.refresh()
    assert.containsSubset(exception.$attributes, { state: 'resolved', decision: 'waived' })
    assert.equal(exception.resolvedBy, user.id)
    const audit = await AuditEntry.findByOrFail('action', 'exception.waived')
    assert.containsSubset(audit.details, { waivedMinor: 5000, receivableId: receivable.id })
    assert.deepEqual(await postings(), before)
    const news = await mercadoPago.on(charge.account).payment(charge.providerPaymentId!)
    await new SettlePayment().settle(news)
    assert.equal(await stateOf(receivable), 'paid')
    await simulator.control('POST', `/payments/${charge.providerPaymentId}/refunds`, {})
    await drainWork()
    assert.equal(await stateOf(receivable), 'refunded')
    assert.deepEqual(await offences(), [])
  })

  test('leaves the rest of a short payment owed', async ({ assert }) => {
    const { tenant, receivable, exception } = await givenPaid(100)
    const { userId } = await givenMember(tenant, 'owner')

    await decide(tenant, exception, 'left_open', userId)

    assert.equal(await stateOf(receivable), 'partially_paid')
    assert.equal(receivable.outstandingMinor, 5000)
  })

  test('keeps what was paid too much, and waives nothing of it', async ({ assert }) => {
    const { tenant, receivable, exception } = await givenPaid(200)
    const { userId } = await givenMember(tenant, 'owner')

    const refused = await outcomes([decide(tenant, exception, 'waived', userId)])
    await decide(tenant, exception, 'kept', userId)

    assert.deepEqual(refused, { done: 0, refused: ['exceptions.decision_not_possible'] })
    assert.equal(await stateOf(receivable), 'overpaid')
    assert.isNull(receivable.waivedMinor)
  })

  test('is needed for what was paid after the receivable was cancelled', async ({ assert }) => {
    const tenant = await givenSeller()
    const { receivable, charge } = await givenBoleto(tenant)
    await drainWork()
    await new CancelReceivable().handle({ tenant, receivableId: receivable.id, actor: byCommand })
    const late = await mercadoPago.on(charge.account).payment(charge.providerPaymentId!)
    const paidAt = late.updatedAt.plus({ minutes: 1 })

    await new SettlePayment().settle({
      ...late,
      ...{ status: 'approved', statusDetail: 'accredited', approvedAt: paidAt, updatedAt: paidAt },
    })

    const [exception] = await ExceptionCase.all()
    assert.equal(exception.kind, 'late_payment')
    assert.equal(await stateOf(receivable), 'paid')
    assert.deepEqual(exception.decisionsFor(receivable), ['kept'])
  })

  test('is made by one of many at once, and never again', async ({ assert }) => {
    const { tenant, receivable, exception } = await givenPaid(100)
    const { userId } = await givenMember(tenant, 'owner')
    const choices = ['waived', 'left_open', 'waived', 'left_open', 'waived']

    const together = await outcomes(
      choices.map((decision) => decide(tenant, exception, decision, userId))
    )

    assert.equal(together.done, 1)
    assert.deepEqual([...new Set(together.refused)], ['exceptions.resolved'])
    await exception.refresh()
    const expected = exception.decision === 'waived' ? 'paid' : 'partially_paid'
    assert.equal(await stateOf(receivable), expected)
    assert.lengthOf(await AuditEntry.query().where('subject_type', 'exception'), 1)
  })

  test('is made once of fifty identical posts, and a note is kept once', async ({
    assert,
    client,
  }) => {
    const { tenant, receivable, exception } = await givenPaid(100)
    const { user } = await givenMember(tenant, 'owner')
    for (const [path, form] of [
      ['decision', { _key: newPublicToken(), decision: 'waived' }],
      ['notes', { _key: newPublicToken(), text: 'Agreed by phone.' }],
    ] as const) {
      const post = () =>
        client
          .post(`/t/${tenant.slug}/exceptions/${exception.id}/${path}`)
          .form(form)
          .loginAs(user)
          .withCsrfToken()
          .redirects(0)
      const answers = await Promise.all(Array.from({ length: 50 }, post))
      assert.deepEqual([...new Set(answers.map((answer) => answer.status()))], [303])
    }
    assert.equal(await stateOf(receivable), 'paid')
    assert.lengthOf(await ExceptionNote.all(), 1)
    assert.lengthOf(await AuditEntry.query().where('subject_type', 'exception'), 2)
  }).timeout(60_000)
})

test.group('Money that named no charge', (group) => {
  group.each.setup(givenWebhookSecret)

  const link = async ({ id }: ExceptionCase, { id: receivableId }: Receivable) => {
    const { id: userId } = await givenPlatformAdmin()
    const input = { exceptionId: id, receivableId, userId, actor: byCommand }
    return new LinkPayment().handle(input)
  }

  async function givenOpen(amountMinor = 12_34) {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant, { amountMinor })
    const charge = await issue(tenant, receivable, 'link')
    await drainWork()
    await receivable.refresh()
    return { tenant, receivable, charge }
  }

  test('is booked to a tenant like any payment, and what follows is, too', async ({
    assert,
    client,
  }) => {
    const { tenant, receivable, charge } = await givenOpen()
    const { id, exception } = await givenUnknownMoney('order-77')
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const page = await client.get(`/admin/exceptions/${exception.id}`).loginAs(admin)
    assert.include(page.text(), `value="${receivable.id}"`)

    const answer = await client
      .post(`/admin/exceptions/${exception.id}/link`)
      .form({ _key: newPublicToken(), receivable: receivable.id })
      .loginAs(admin)
      .withCsrfToken()
      .redirects(0)

    assert.equal(answer.status(), 303)
    // 12.34 less the provider's 0.12 and the platform's 0.12; a Pix is released at once.
    assert.deepEqual(await bucketsOf(tenant), [0, 1234 - 12 - 12, 0])
    assert.equal(await stateOf(receivable), 'paid')
    await exception.refresh()
    assert.containsSubset(exception.$attributes, { decision: 'linked', tenantId: tenant.id })
    await drainWork()
    await charge.refresh()
    assert.equal(charge.state, 'cancelled')

    await simulator.control('POST', `/payments/${id}/refunds`, {})
    await drainWork()
    assert.equal(await stateOf(receivable), 'refunded')
    assert.deepEqual(await bucketsOf(tenant), [0, 0, 0])
    assert.deepEqual(await offences(), [])
    assert.lengthOf(await ExceptionCase.all(), 1)
  })

  test('is booked to one tenant, though two are chosen at once', async ({ assert }) => {
    const [one, other] = [await givenOpen(), await givenOpen()]
    const { exception } = await givenUnknownMoney()

    const together = await outcomes(
      [one, other, one, other].map(({ receivable }) => link(exception, receivable))
    )

    assert.equal(together.done, 1)
    assert.deepEqual([...new Set(together.refused)], ['exceptions.resolved'])
    assert.lengthOf(await Payment.all(), 1)
    const booked = Object.keys(await postings()).filter((name) => name.endsWith(':approved'))
    assert.lengthOf(booked, 1)
    assert.deepEqual(await offences(), [])
  })

  test('that is another amount than what is owed waits for the tenant', async ({ assert }) => {
    const { tenant, receivable } = await givenOpen(20_00)
    const { exception } = await givenUnknownMoney()

    await link(exception, receivable)

    assert.equal(await stateOf(receivable), 'partially_paid')
    const short = await ExceptionCase.findByOrFail('kind', 'underpaid')
    assert.equal(short.tenantId, tenant.id)
  })

  test('goes nowhere when the provider does not confirm it', async ({ assert }) => {
    const { receivable } = await givenOpen()
    const { exception } = await givenUnknownMoney()
    await simulator.reset()

    const { refused } = await outcomes([link(exception, receivable)])

    assert.deepEqual(refused, ['exceptions.money_not_found'])
    await exception.refresh()
    assert.equal(exception.state, 'open')
    assert.lengthOf(await Payment.all(), 0)
    assert.deepEqual(await postings(), {})
  })

  test('is refused to what is a draft, paid, or sold on an account of its own', async ({
    assert,
  }) => {
    const { tenant, receivable } = await givenOpen()
    const draft = await givenReceivable(tenant)
    const { exception } = await givenUnknownMoney()
    assert.deepEqual(await outcomes([link(exception, draft)]), {
      done: 0,
      refused: ['exceptions.not_linkable'],
    })
    await tenant.merge({ mode: 'connected' }).save()
    const { refused } = await outcomes([link(exception, receivable)])
    assert.match(refused[0], /^gateway\./)
    await tenant.merge({ mode: 'centralized' }).save()
    await receivable.moveTo('cancelled').save()
    const cancelled = await outcomes([link(exception, receivable)])
    assert.deepEqual(cancelled.refused, ['exceptions.not_linkable'])
    assert.lengthOf(await Charge.query().where('state', 'approved'), 0)
  })

  test("may be the platform's own: nothing is booked to anybody", async ({ assert, client }) => {
    await givenSeller()
    const { exception } = await givenUnknownMoney()
    const admin = await givenPlatformAdmin()

    await client
      .post(`/admin/exceptions/${exception.id}/decision`)
      .form({ _key: newPublicToken(), decision: 'own_money' })
      .loginAs(admin)
      .withCsrfToken()

    await exception.refresh()
    assert.equal(exception.decision, 'own_money')
    assert.deepEqual(await postings(), {})
  })
})

test.group('The exceptions of a tenant', (group) => {
  group.each.setup(givenWebhookSecret)

  const everyKind: ExceptionKind[] = [
    'underpaid',
    'overpaid',
    'double_payment',
    'late_payment',
    'as_agreed',
    'amount_differs',
  ]

  test('are shown with words in {locale}, counted beside the menu')
    .with([{ locale: 'pt-BR' }, { locale: 'es' }, { locale: 'en' }])
    .run(async ({ assert, client }, { locale }) => {
      const { tenant, exception } = await givenPaid(100)
      const { user } = await givenMember(tenant, 'manager')
      await user.merge({ locale }).save()
      for (const kind of everyKind) {
        await exception.merge({ kind }).save()
        for (const path of ['', '?state=all', `?state=open&kind=${kind}`, `/${exception.id}`]) {
          const page = await client.get(`/t/${tenant.slug}/exceptions${path}`).loginAs(user)
          assert.equal(page.status(), 200, path)
          assert.notInclude(page.text().toLowerCase(), 'translation missing', path)
          assert.notMatch(page.text(), /undefined|\[object|\{paid\}/, path)
          assert.include(page.text(), exception.id, path)
        }
      }
      const empty = await client.get(`/t/${tenant.slug}/exceptions?state=resolved`).loginAs(user)
      assert.notInclude(empty.text(), exception.id)
      assert.match(empty.text(), /badge-warning[^>]*>1</)
    })

  test("do not exist for cashiers, other tenants or the platform's decisions", async ({
    assert,
    client,
  }) => {
    const { tenant, exception } = await givenPaid(100)
    const { user: cashier } = await givenMember(tenant, 'cashier')
    const other = await givenTenant()
    const { user: stranger } = await givenMember(other, 'owner')
    const admin = await givenPlatformAdmin()
    const post = (base: string, user: User) =>
      client
        .post(`${base}/${exception.id}/decision`)
        .form({
          _key: newPublicToken(),
          decision: base === '/admin/exceptions' ? 'acknowledged' : 'waived',
        })
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)

    for (const path of ['', `/${exception.id}`]) {
      const page = await client.get(`/t/${tenant.slug}/exceptions${path}`).loginAs(cashier)
      assert.equal(page.status(), 403)
    }
    const menu = await client.get(`/t/${tenant.slug}/receivables`).loginAs(cashier)
    assert.notInclude(menu.text(), '/exceptions')
    const foreign = await client
      .get(`/t/${other.slug}/exceptions/${exception.id}`)
      .loginAs(stranger)
    assert.equal(foreign.status(), 404)
    await post(`/t/${tenant.slug}/exceptions`, cashier)
    await post(`/t/${other.slug}/exceptions`, stranger)
    await post('/admin/exceptions', admin)
    await exception.refresh()
    assert.equal(exception.state, 'open')
  })

  test('are paged by the last one seen, none missing and none twice', async ({
    assert,
    client,
  }) => {
    const { tenant, receivable } = await givenPaid(100)
    const { user } = await givenMember(tenant, 'owner')
    const payment = await Payment.firstOrFail()
    for (let number = 0; number < 64; number++) {
      await ExceptionCase.create({
        ...{ tenantId: tenant.id, kind: 'overpaid', state: 'open', reference: `n:${number}` },
        ...{ receivableId: receivable.id, paymentId: payment.id },
        details: { paidMinor: 2, chargedMinor: 1, currency: 'BRL' },
      })
    }
    const seen: string[] = []
    for (let path: string | undefined = '?state=open'; path;) {
      const page = await client.get(`/t/${tenant.slug}/exceptions${path}`).loginAs(user)
      const links = page.text().matchAll(/exceptions\/([\da-f-]{36})"/g)
      seen.push(...[...links].map(([, id]) => id))
      path = /rel="next" href="([^"]+)"/.exec(page.text())?.[1].replaceAll('&amp;', '&')
    }
    assert.lengthOf(seen, 65)
    assert.lengthOf([...new Set(seen)], 65)
  })
})

test.group('The books', (group) => {
  group.each.setup(givenWebhookSecret)

  test('are sound after any decisions on any payments', async ({ assert }) => {
    const step = fc.record({
      percent: fc.constantFrom(1, 50, 99, 100, 101, 250),
      how: fc.constantFrom('charge', 'twice', 'unknown'),
      choice: fc.nat(1),
      refunded: fc.constantFrom(0, 0, 40, 100),
    })
    const check = async (
      steps: { percent: number; how: string; choice: number; refunded: number }[]
    ) => {
      await truncate()
      await simulator.reset()
      await givenWebhookSecret()
      const tenant = await givenSeller()
      const { userId } = await givenMember(tenant, 'owner')
      const { id: adminId } = await givenPlatformAdmin()
      for (const { percent, how, choice, refunded } of steps) {
        const receivable = await givenReceivable(tenant)
        const pix = await issue(tenant, receivable, 'pix')
        let paid = pix.providerPaymentId!
        if (how === 'twice') {
          const boleto = await issue(tenant, receivable, 'boleto')
          await simulator.pay(boleto.providerPaymentId!)
        }
        if (how === 'unknown') {
          await drainWork()
          paid = String(await makePix(newPublicToken()))
        }
        await simulator.pay(paid, how === 'unknown' ? undefined : (150 * percent) / 100)
        await drainWork()
        if (refunded > 0) {
          const { transaction_amount: amount } = await simulator.payment(paid)
          const part = Math.round(Number(amount) * refunded) / 100
          await simulator.control('POST', `/payments/${paid}/refunds`, { amount: part })
        }
        for (const exception of await ExceptionCase.query().where('state', 'open')) {
          await exception.load('receivable')
          const decisions = exception.decisionsFor(exception.receivable)
          const decision = decisions[choice % decisions.length]
          const input = { exceptionId: exception.id, actor: byCommand }
          if (decision === 'linked') {
            const to = { receivableId: receivable.id, userId: adminId }
            await new LinkPayment().handle({ ...input, ...to })
          } else {
            const owner = exception.isTenants ? { tenantId: tenant.id } : ('platform' as const)
            const by = { owner, userId: exception.isTenants ? userId : adminId }
            await new ResolveException().handle({ ...input, ...by, decision })
          }
        }
        await drainWork()
        await receivable.refresh()
        const payments = await Payment.query()
          .where('receivable_id', receivable.id)
          .whereNotNull('approved_at')
        const sum = payments.reduce((total, { amountMinor }) => total + amountMinor, 0)
        assert.equal(receivable.paidMinor, sum)
        assert.deepEqual(await offences(), [])
      }
    }
    await holds([fc.array(step, { minLength: 1, maxLength: 4 })], check, {
      runs: 15,
      longRuns: 300,
    })
  }).timeout(180_000)
})
