import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import { MAX_ATTEMPTS } from '#app/core/work/retries'
import { SendReceivable } from '#app/receivables/actions/send_receivable'
import { SendReceivableMail } from '#app/receivables/actions/send_receivable_mail'
import type Sending from '#app/receivables/models/sending'
import { givenMember, givenTenant, type GivenTenant } from '#tests/support/given'
import {
  headerOf,
  withMailServer,
  type MailServer,
  type Refusals,
} from '#tests/support/mail_server'
import { endBackOff } from '#tests/support/outbox'
import { givenCustomer, givenReceivable } from '#tests/support/receivables'
import { drainWork } from '#tests/support/work'

const ADDRESS = 'maria@example.com'

/** A bill that waits to be sent to ADDRESS. */
async function givenSending(values: GivenTenant = {}, description = 'Perfume') {
  const tenant = await givenTenant(values)
  const customer = await givenCustomer(tenant, { email: ADDRESS })
  const receivable = await givenReceivable(tenant, { customer, description })
  const sending = await new SendReceivable().handle({ receivable, actor: { kind: 'command' } })
  return { tenant, receivable, sending }
}

const effect = () => db.from('outbox_effects').where('effect', 'mails.receivable').firstOrFail()

/** Runs it, whenever it would be due. */
async function runOnce(sending: Sending) {
  await endBackOff()
  const outcomes = await drainWork()
  await sending.refresh()
  return outcomes
}

test.group('A mail at the mail server', (group) => {
  let server: MailServer
  const refuse = (refusals: Refusals) => (server.refusals = refusals)
  group.each.setup(async () => {
    const running = await withMailServer()
    server = running.server
    return running.end
  })

  test('arrives once, under the tenant’s name, as text and as HTML', async ({ assert }) => {
    const { sending } = await givenSending({ tradeName: 'Perfumaria Jasmim' })
    await runOnce(sending)
    // An effect may run twice.
    const queued = { tenantId: sending.tenantId, sendingId: sending.id }
    await new SendReceivableMail().handle(queued)
    assert.equal(sending.state, 'sent')
    assert.isNotNull(sending.sentAt)
    assert.lengthOf(server.received, 1)
    const [mail] = server.received
    assert.equal(mail.from, 'no-reply@localhost.localdomain')
    assert.equal(mail.to, ADDRESS)
    assert.equal(headerOf(mail, 'From'), 'Perfumaria Jasmim <no-reply@localhost.localdomain>')
    assert.equal(headerOf(mail, 'Message-ID'), `<${sending.id}@127.0.0.1>`)
    assert.equal(headerOf(mail, 'Auto-Submitted'), 'auto-generated')
    assert.include(headerOf(mail, 'Content-Type'), 'multipart/alternative')
    assert.include(mail.raw, 'Content-Type: text/plain')
    assert.include(mail.raw, 'Content-Type: text/html')
  })

  test('that it asks to send later waits, and then arrives', async ({ assert }) => {
    const { sending } = await givenSending()
    refuse({ to: '451 4.7.1 Greylisted, come back' })
    const [outcome] = await runOnce(sending)
    assert.equal(outcome.state, 'again')
    assert.equal(sending.state, 'waiting')
    assert.equal(sending.answer, '451 4.7.1 Greylisted, come back')
    assert.equal(sending.attempts, 0)
    refuse({})
    await runOnce(sending)
    assert.equal(sending.state, 'sent')
    assert.lengthOf(server.received, 1)
  })

  test('to an address that it refuses fails for good, and its page says why', async ({
    assert,
    client,
  }) => {
    const { tenant, receivable, sending } = await givenSending()
    refuse({ to: `550 5.1.1 <${ADDRESS}>: no such user` })
    const [outcome] = await runOnce(sending)
    assert.equal(outcome.state, 'done')
    assert.equal(sending.state, 'failed')
    assert.equal(sending.reason, 'refused')
    refuse({})
    await runOnce(sending)
    assert.equal(server.connections, 1)
    const { user } = await givenMember(tenant, 'owner')
    const page = await client.get(`/t/${tenant.slug}/receivables/${receivable.id}`).loginAs(user)
    page.assertTextIncludes('550 5.1.1 ***: no such user')
  })

  test('whose content it refuses fails for good', async ({ assert }) => {
    const { sending } = await givenSending()
    refuse({ end: '554 5.7.1 looks like spam' })
    await runOnce(sending)
    assert.equal(sending.reason, 'refused')
  })

  for (const [name, refusals] of Object.entries<Refusals>({
    'its greeting': { greeting: 'hang up' },
    'the recipient': { to: 'hang up' },
    'the data': { data: 'hang up' },
  })) {
    test(`that is cut off at ${name} is sent later, once`, async ({ assert }) => {
      const { sending } = await givenSending()
      refuse(refusals)
      const [outcome] = await runOnce(sending)
      assert.equal(outcome.state, 'again')
      assert.equal(sending.state, 'waiting')
      refuse({})
      await runOnce(sending)
      assert.equal(sending.state, 'sent')
      assert.lengthOf(server.received, 1)
    })
  }

  test('that is cut off after its last byte may come twice, as the same message', async ({
    assert,
  }) => {
    const { sending } = await givenSending()
    refuse({ end: 'hang up' })
    await runOnce(sending)
    assert.equal(sending.state, 'waiting')
    refuse({})
    await runOnce(sending)
    const [first, second] = server.received
    assert.equal(headerOf(first, 'Message-ID'), headerOf(second, 'Message-ID'))
    assert.lengthOf(server.received, 2)
  })

  test('that cannot come from our address is set aside for the admin in the end', async ({
    assert,
  }) => {
    const { sending } = await givenSending()
    refuse({ from: '550 5.7.1 sender not allowed' })
    for (let tries = 1; tries < MAX_ATTEMPTS; tries++) await runOnce(sending)
    assert.equal(sending.state, 'waiting')
    await runOnce(sending)
    assert.equal(sending.state, 'failed')
    assert.equal(sending.reason, 'gave_up')
    const { state } = await effect()
    assert.equal(state, 'failed')
  })

  test('that it puts off for longer than a week is given up', async ({ assert }) => {
    const { sending } = await givenSending()
    const eightDaysAgo = instantText(DateTime.utc().minus({ days: 8 }))
    await db.from('sendings').update({ queued_at: eightDaysAgo })
    await db.from('outbox_effects').update({ created_at: eightDaysAgo })
    refuse({ to: '450 mailbox busy' })
    for (let tries = 1; tries < MAX_ATTEMPTS; tries++) await runOnce(sending)
    assert.equal(sending.state, 'waiting')
    await runOnce(sending)
    assert.equal(sending.reason, 'gave_up')
    const { state, last_error: error } = await effect()
    assert.equal(state, 'failed')
    assert.include(error, '450 mailbox busy')
  })

  test('leaves its address nowhere but with the customer', async ({ assert }) => {
    const { sending } = await givenSending()
    refuse({ to: `451 <${ADDRESS}> busy` })
    await runOnce(sending)
    const written = JSON.stringify([
      await db.from('outbox_effects'),
      await db.from('sendings'),
      await db.from('audit_entries'),
    ])
    assert.notInclude(written, ADDRESS)
    assert.include(written, '451 *** busy')
  })

  test('carries any name and text in one line of its headers', async ({ assert }) => {
    const names = [
      'Evil\r\nBcc: spy@example.com\r\n\r\nbody',
      'Silva, Souza "e" Filhos <boss@example.com>',
      '💐 Flores da Zoë',
      `Long ${'x'.repeat(115)}`,
      'Turned \u202e round',
    ]
    for (const tradeName of names) {
      const { sending } = await givenSending({ tradeName }, `${tradeName}\r\nX-Evil: 1`)
      await runOnce(sending)
      assert.equal(sending.state, 'sent', tradeName)
      const mail = server.received.at(-1)!
      assert.equal(mail.to, ADDRESS)
      const head = mail.raw.split('\n\n')[0]
      assert.notMatch(head, /^(Bcc|X-Evil):/im)
      assert.lengthOf(head.match(/^From:/gim)!, 1)
      assert.match(headerOf(mail, 'From')!, /<no-reply@localhost\.localdomain>$/)
      for (const line of mail.raw.split('\n')) assert.isBelow(line.length, 998)
    }
  })
})
