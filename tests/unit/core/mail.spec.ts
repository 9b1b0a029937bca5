import { test } from '@japa/runner'
import { headerText, maskedAddress } from '#app/core/mail/header_text'
import { mailFailure } from '#app/core/mail/smtp_outcome'

test.group('A text in a mail’s header', () => {
  test('is one line without controls and marks of direction', ({ assert }) => {
    assert.equal(headerText(' a\r\nBcc: b\u0000\u2028c '), 'a Bcc: b c')
    assert.equal(headerText('a\u202eb'), 'a b')
    assert.equal(headerText('Família 👨‍👩‍👧 "Sol", Ltda'), 'Família 👨‍👩‍👧 "Sol", Ltda')
    assert.equal(headerText('lone \ud83d surrogate'), 'lone \ufffd surrogate')
  })

  test('is cut between characters', ({ assert }) => {
    assert.equal(headerText('💐'.repeat(5), 3), '💐💐…')
  })

  test('shows of an address what its owner knows it by', ({ assert }) => {
    assert.equal(maskedAddress('maria@example.com'), 'm***@example.com')
    assert.equal(maskedAddress('nothing'), '***')
  })
})

test.group('A mail server’s refusal', () => {
  const cases = [
    [{ code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, 'refused'],
    [{ code: 'EENVELOPE', command: 'API', message: 'Invalid recipient "x"' }, 'refused'],
    [{ code: 'EMESSAGE', responseCode: 552, command: 'DATA' }, 'refused'],
    [{ code: 'EENVELOPE', responseCode: 450, command: 'RCPT TO' }, 'later'],
    [{ code: 'EENVELOPE', responseCode: 421, command: 'MAIL FROM' }, 'later'],
    [{ code: 'ECONNECTION' }, 'later'],
    [{ code: 'ETIMEDOUT' }, 'later'],
    [{ code: 'EDNS' }, 'later'],
    [{ code: 'EENVELOPE', responseCode: 553, command: 'MAIL FROM' }, 'ours'],
    [{ code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }, 'ours'],
    [{ code: 'EPROTOCOL', responseCode: 554, command: 'CONN' }, 'ours'],
    [new Error('no idea'), 'ours'],
    [undefined, 'ours'],
  ] as const
  test('is told apart: this mail, patience, or our own settings', ({ assert }) => {
    for (const [error, kind] of cases) {
      assert.equal(mailFailure(error).kind, kind, JSON.stringify(error))
    }
  })

  test('is kept short and without addresses', ({ assert }) => {
    const response = `550 <maria@example.com>: no ${'x'.repeat(400)}`
    const { answer } = mailFailure({ response })
    assert.isTrue(answer.startsWith('550 ***: no'))
    assert.lengthOf(answer, 200)
  })
})
