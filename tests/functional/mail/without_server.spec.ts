import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import edge from 'edge.js'
import db from '@adonisjs/lucid/services/db'
import { SaveReminders } from '#app/receivables/actions/save_reminders'
import ReminderSetting from '#app/receivables/models/reminder_setting'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { startProcess } from '#tests/support/processes'

test.group('A production without a mail server', () => {
  test('queues no mail', async ({ assert }) => {
    const tenant = await givenSeller()
    const { receivable } = await givenBoleto(tenant, { dueInDays: 1 })
    const choice = { isOn: true, days: [-1], hour: 0 }
    await new SaveReminders().handle({ tenant, choice, actor: { kind: 'command' } })
    await ReminderSetting.query().where('tenant_id', tenant.id).update({ done_on: null })
    await db.from('receivables').update({ opened_at: '2020-01-01T00:00:00.000Z' })

    const args = [tenant.id, receivable.id]
    const env = { NODE_ENV: 'production' }
    const program = startProcess('tests/fixtures/mute_installation.ts', args, env)
    await program.said(/MailsNotSent/)
    assert.equal(await program.ended, 0)
    assert.isEmpty(await db.from('sendings'))
    assert.isEmpty(await db.from('outbox_effects'))
  }).timeout(60_000)

  test('says so where a bill would be sent', async ({ assert }) => {
    const html = await edge.render('pages/receivables/parts/sending', {
      i18n: i18nManager.locale('pt-BR'),
      tenant: { slug: 'jasmim' },
      receivable: { id: '1', isPayable: true, state: 'open' },
      active: [],
      sharing: { mailsAreSent: false, address: 'm@example.com', sendings: [], whatsapp: '/' },
    })
    assert.include(html, 'ela não tem servidor de e-mail')
    assert.notInclude(html, '<button')
  })
})
