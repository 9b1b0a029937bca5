import { test } from '@japa/runner'
import { whatsappNumber, whatsappUrl } from '#app/receivables/whatsapp'

test.group('A number for WhatsApp', () => {
  const numbers: [string, string, string | null][] = [
    ['(11) 98888-7777', 'BR', '5511988887777'],
    ['011 98888-7777', 'BR', '5511988887777'],
    ['+55 11 98888-7777', 'AR', '5511988887777'],
    ['11 2345-6789', 'AR', '5491123456789'],
    ['9 8765 4321', 'CL', '56987654321'],
    ['099 123 456', 'UY', '59899123456'],
    // Too short to say whose it is.
    ['8888-7777', 'BR', null],
    ['(11) 98888-7777', 'XX', null],
  ]
  test('is the country’s, or none', ({ assert }) => {
    for (const [phone, country, number] of numbers) {
      assert.equal(whatsappNumber(phone, country), number, phone)
    }
  })

  test('stands in an address with the whole text', ({ assert }) => {
    const url = new URL(whatsappUrl('Olá & tchau? #1 💐', null))
    assert.equal(url.href.split('?')[0], 'https://wa.me/')
    assert.equal(url.searchParams.get('text'), 'Olá & tchau? #1 💐')
  })
})
