import mail from '@adonisjs/mail/services/main'
import { test } from '@japa/runner'
import KeptMail from '#app/core/models/kept_mail'

const send = (html: string) =>
  mail.send((message) => {
    message
      .from('no-reply@example.com', 'Perfumaria Jasmim')
      .to('maria@example.com')
      .subject('Your boleto <1>')
      .html(html)
      .text('Pay at http://127.0.0.1')
  })

test.group('Mails of development', () => {
  test('are kept instead of sent, and listed, the latest first', async ({ assert, client }) => {
    await send('<p>first</p>')
    const { sender, recipients, subject } = await KeptMail.firstOrFail()
    assert.deepEqual(
      { sender, recipients, subject },
      {
        sender: 'Perfumaria Jasmim <no-reply@example.com>',
        recipients: 'maria@example.com',
        subject: 'Your boleto <1>',
      }
    )
    const page = await client.get('/dev/mails')
    page.assertStatus(200)
    page.assertTextIncludes('Your boleto &lt;1&gt;')
  })

  test('show as their readers see them, and run nothing', async ({ assert, client }) => {
    await send('<p style="color:red">hello</p><script>alert(1)</script>')
    const { id } = await KeptMail.firstOrFail()
    const shown = await client.get(`/dev/mails/${id}`)
    shown.assertTextIncludes('<p style="color:red">hello</p>')
    const policy = shown.header('content-security-policy')
    assert.include(policy, `default-src 'none'`)
    assert.notInclude(policy, 'script-src')
    const plain = await client.get(`/dev/mails/${id}?as=text`)
    assert.equal(plain.text(), 'Pay at http://127.0.0.1')
    assert.include(plain.header('content-type'), 'text/plain')
  })
})
