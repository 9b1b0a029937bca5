import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import edge from 'edge.js'
import { DateTime } from 'luxon'

const render = (template: string, state: Record<string, unknown> = {}, locale = 'pt-BR') =>
  edge.renderRaw(template, {
    i18n: i18nManager.locale(locale),
    timeZone: 'America/Sao_Paulo',
    ...state,
  })

/** Intl puts a no-break space after the currency. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test.group('View helpers', () => {
  test('write {template} in {locale} as {expected}')
    .with([
      { template: "money(123456, 'BRL')", locale: 'pt-BR', expected: 'R$ 1.234,56' },
      { template: "money(-5, 'BRL')", locale: 'pt-BR', expected: '-R$ 0,05' },
      { template: "money(123456, 'BRL')", locale: 'es', expected: 'R$ 1.234,56' },
      { template: "money(12345, 'CLP')", locale: 'es', expected: '$ 12.345' },
      { template: "money(123456, 'BRL')", locale: 'en', expected: 'R$1,234.56' },
      { template: "date('2026-02-28')", locale: 'pt-BR', expected: '28/02/2026' },
      { template: "date('2026-02-28')", locale: 'en', expected: '28 Feb 2026' },
      { template: "percent('1.00')", locale: 'pt-BR', expected: '1%' },
      { template: "percent('2.50')", locale: 'pt-BR', expected: '2,5%' },
    ])
    .run(async ({ assert }, { template, locale, expected }) => {
      const text = plain(await render(`{{ ${template} }}`, {}, locale))
      assert.equal(text.replace(/\s/g, ''), expected.replace(/\s/g, ''))
    })

  test('write an instant as the tenant’s clock shows it', async ({ assert }) => {
    const at = DateTime.fromISO('2026-11-21T02:30:00.000Z')
    assert.include(await render('{{ dateTime(at) }}', { at }), '20/11/2026')
    assert.equal(await render('{{ date(at) }}', { at }), '20/11/2026')
    assert.equal(await render('{{ date(at) }}', { at, timeZone: 'UTC' }), '21/11/2026')
  })

  test('write amounts as the tenant’s country does', async ({ assert }) => {
    const shown = async (country: string) =>
      plain(await render("{{ money(123456, 'MXN') }}", { tenant: { country } }, 'es'))
    assert.equal(await shown('MX'), '$1,234.56')
    assert.equal(await shown('AR'), '$ 1.234,56')
  })

  test('give a state the same tone everywhere, and an unknown one none', async ({ assert }) => {
    assert.equal(await render("{{ badgeTone('paid') }}"), 'success')
    assert.equal(await render("{{ badgeTone('charged_back') }}"), 'error')
    assert.equal(await render("{{ badgeTone('constructor') }}"), 'neutral')
  })

  test('make a new form key each time', async ({ assert }) => {
    assert.match(await render('{{ formKey() }}'), /^[\w-]{20,}$/)
    assert.notEqual(await render('{{ formKey() }}'), await render('{{ formKey() }}'))
  })
})

test.group('A field', () => {
  const cameBack = (values: Record<string, unknown>) => ({
    flashMessages: {
      get: (key: string) => values[key],
      has: (key: string) => key in values,
    },
  })

  test('shows its stored value until something was typed', async ({ assert }) => {
    const field = "@!field.text({ name: 'city', label: 'x', value: 'Recife' })"
    assert.include(await render(field), 'value="Recife"')
    assert.include(await render(field, cameBack({})), 'value="Recife"')
    const typed = await edgeWith(cameBack({ city: '"><b onclick=x>' }), field)
    assert.include(typed, 'value="&quot;&gt;&lt;b onclick=x&gt;"')
  })

  test('names its message for a screen reader', async ({ assert }) => {
    const bag = { inputErrorsBag: { 'address.city': ['Wrong.'] } }
    const html = await edgeWith(
      cameBack(bag),
      "@!field.text({ name: 'address[city]', label: 'x', hint: 'y' })"
    )
    const [, described] = /aria-describedby="([^"]+)"/.exec(html)!
    for (const id of described.split(' ')) assert.include(html, `id="${id}"`)
    assert.include(html, 'aria-invalid="true"')
    assert.include(html, 'Wrong.')
  })

  test('of choices keeps an empty one empty', async ({ assert }) => {
    const options = "[{ value: '', label: 'none' }, { value: 'a\"b', label: 'one' }]"
    const html = await render(`@!field.select({ name: 'x', label: 'x', options: ${options} })`)
    assert.include(html, '<option value="" selected>none</option>')
    assert.include(html, '<option value="a&quot;b">one</option>')
  })

  test('of a password never shows one', async ({ assert }) => {
    const html = await edgeWith(
      cameBack({ password: 'secret words' }),
      "@!field.password({ name: 'password', label: 'x', value: 'secret words' })"
    )
    assert.notInclude(html, 'secret words')
  })

  test('of money shows the amount in the reader’s language', async ({ assert }) => {
    const field = "@!field.money({ name: 'a', label: 'x', currency: 'BRL', amountMinor: 123456 })"
    assert.include(await render(field), 'value="1234,56"')
    assert.include(await edgeWith({ i18n: i18nManager.locale('en') }, field), 'value="1234.56"')
  })
})

/** Components see what is shared with every page, not the page's own data. */
const edgeWith = (shared: Record<string, unknown>, template: string) =>
  edge
    .createRenderer()
    .share({ i18n: i18nManager.locale('pt-BR'), ...shared })
    .renderRaw(template)
