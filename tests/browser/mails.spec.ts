import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { clock } from '#app/core/clock'
import KeptMail from '#app/core/models/kept_mail'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { MakeDigests } from '#app/payments/actions/make_digests'
import { MakeReminders } from '#app/receivables/actions/make_reminders'
import { SaveReminders } from '#app/receivables/actions/save_reminders'
import { stopUrl } from '#app/receivables/queries/reminders'
import { ChooseDigest } from '#app/tenants/actions/choose_digest'
import { SaveBrand } from '#app/tenants/actions/save_brand'
import { brandOf } from '#app/tenants/queries/brand'
import { logIn, shot } from '#tests/support/browser'
import { givenMember } from '#tests/support/given'
import { png } from '#tests/support/pictures'
import { givenBoleto, givenCustomer, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const actor = { kind: 'command' } as const
const t = (key: string, values = {}) => i18nManager.locale('pt-BR').t(key, values)

/** Business time goes on to this hour of the next day in São Paulo. */
async function tomorrowAt(hour: number) {
  const now = clock.now().setZone('America/Sao_Paulo')
  const next = now.plus({ days: 1 }).set({ hour, minute: 5 })
  await simulator.advance({ seconds: Math.ceil(next.diff(now, 'seconds').seconds) })
}

async function givenShop() {
  const tenant = await givenSeller({
    tradeName: 'Perfumaria Jasmim',
    legalName: 'Jasmim Perfumes e Cosméticos Ltda',
    contactEmail: 'oi@jasmim.example',
    contactPhone: '+55 11 3333-4444',
  })
  const settings = await GatewayConfig.current()
  await settings
    .merge({ platformName: 'Repasse Pagamentos SA', platformTaxId: '11.222.333/0001-81' })
    .save()
  const brand = { brandColor: '#7a1f4d', contactEmail: 'oi@jasmim.example', contactPhone: null }
  await new SaveBrand().handle({ tenant, settings: brand, actor })
  return tenant
}

test.group('Mails in a browser', () => {
  test('a bill is sent from its page, with the logo that was uploaded', async ({
    assert,
    visit,
  }) => {
    const tenant = await givenShop()
    const { user } = await givenMember(tenant, 'owner')
    const customer = await givenCustomer(tenant, {
      name: 'Maria das Dores Souza',
      email: 'maria@example.com',
      phone: '(11) 98888-7777',
    })
    const { receivable } = await givenBoleto(tenant, {
      customer,
      description: 'Perfume de jasmim 100 ml',
    })
    const page = await visit('/login')
    await logIn(page, user)
    await page.goto(`/t/${tenant.slug}/settings/brand`)
    const file = { name: 'logo.png', mimeType: 'image/png', buffer: png(96, 40) }
    await page.locator('input[name="logo"]').setInputFiles(file)
    await page.getByRole('button', { name: t('tenants.brand.upload'), exact: true }).click()
    await page.locator('.logo-plate img').waitFor()
    await shot(page, 'brand')
    const { logoUrl } = await brandOf(tenant)
    assert.isNotNull(logoUrl)

    await page.goto(`/t/${tenant.slug}/receivables/${receivable.id}`)
    await page.getByRole('button', { name: t('mails.sending.send'), exact: true }).click()
    await page.getByText(t('mails.sending.queued')).waitFor()
    await drainWork()
    await page.reload()
    await page.getByText(t('mails.sending.states.sent'), { exact: true }).waitFor()
    await shot(page, 'receivable-sent')

    const { id } = await KeptMail.firstOrFail()
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(`/dev/mails/${id}`)
    await shot(page, 'mail-receivable')
    const home = new URL(page.url()).origin
    assert.isTrue(requests.every((url) => url.startsWith(home)))
    const logo = await page.evaluate(`document.querySelector('img').naturalWidth`)
    assert.equal(logo, 96)

    await page.goto(`/p/${receivable.publicToken}`)
    await shot(page, 'payer-brand')
    const payer = await page.evaluate(`document.querySelector('header img').naturalWidth`)
    assert.equal(payer, 96)
    const stripe = await page.evaluate('getComputedStyle(document.body).borderTopColor')
    assert.equal(stripe, 'rgb(122, 31, 77)')
  })

  test('a reminder, a receipt and a digest look like it', async ({ visit }) => {
    const tenant = await givenShop()
    const member = await givenMember(tenant, 'owner')
    await new ChooseDigest().handle({ tenant, membership: member, wanted: true })
    await tomorrowAt(8)
    const choice = { isOn: true, days: [-3, 0], hour: 9 }
    await new SaveReminders().handle({ tenant, choice, actor })
    const customer = await givenCustomer(tenant, { name: 'José Carlos Lima', locale: 'es' })
    const { receivable, charge } = await givenBoleto(tenant, {
      customer,
      dueInDays: 4,
      description: 'Kit presente de Natal com sabonetes, difusor e um perfume à escolha da cliente',
    })
    await tomorrowAt(9)
    await new MakeReminders().handle()
    await drainWork()
    await simulator.pay(charge.providerPaymentId!)
    await drainWork()
    await tomorrowAt(7)
    await new MakeDigests().handle()
    await drainWork()

    const page = await visit('/dev/mails')
    await shot(page, 'mails')
    const mails = await KeptMail.query().orderBy('id')
    for (const [at, name] of ['mail-reminder', 'mail-receipt', 'mail-digest'].entries()) {
      await page.goto(`/dev/mails/${mails[at].id}`)
      await shot(page, name)
    }
    await page.goto(stopUrl(receivable.customer))
    await shot(page, 'reminder-stop')
    await logIn(page, member.user)
    await page.goto(`/t/${tenant.slug}/settings/reminders`)
    await shot(page, 'reminders')
    await page.goto(`/t/${tenant.slug}/members`)
    await shot(page, 'members')
    await page.goto(`/t/${tenant.slug}/settings`)
    await shot(page, 'settings')
  })
})
