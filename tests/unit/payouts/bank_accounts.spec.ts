import { test } from '@japa/runner'
import { bankAccountForm } from '#app/payouts/bank_accounts'
import { destinationKindsOf } from '#app/payouts/destination_details'
import { proofTypeOf } from '#app/payouts/proof_type'
import { payoutOfReference, transferReference } from '#app/payouts/transfer_reference'

test.group('A bank account', () => {
  test('of {country} is {text}: {kept}')
    .with([
      { country: 'BR', text: '12345-6', kept: '12345-6' },
      { country: 'BR', text: '12345-x', kept: '12345-X' },
      { country: 'BR', text: '=1+2', kept: null },
      { country: 'AR', text: '2850590940090418135201', kept: '2850590940090418135201' },
      { country: 'AR', text: '2850590 9 40090418135201', kept: '2850590940090418135201' },
      { country: 'AR', text: '2850590940090418135202', kept: null },
      { country: 'AR', text: '285059094009041813520', kept: null },
      { country: 'MX', text: '032180000118359719', kept: '032180000118359719' },
      { country: 'MX', text: '032 180 00011835971 9', kept: '032180000118359719' },
      { country: 'MX', text: '032180000118359718', kept: null },
      { country: 'PE', text: '002-193-002233445566-10', kept: '00219300223344556610' },
      { country: 'PE', text: '1234', kept: null },
      { country: 'CL', text: '12.345.678', kept: '12345678' },
      { country: 'CO', text: '123', kept: null },
      { country: 'UY', text: '001234567-00001', kept: '00123456700001' },
    ])
    .run(({ assert }, { country, text, kept }) => {
      assert.equal(bankAccountForm(country).account(text), kept)
    })

  test('is the only destination outside of Brazil', ({ assert }) => {
    assert.deepEqual(destinationKindsOf('BR'), ['pix', 'bank_account'])
    assert.deepEqual(destinationKindsOf('AR'), ['bank_account'])
    assert.throws(() => bankAccountForm('US'))
  })
})

test('a reference is found again as the bank writes it', ({ assert }) => {
  const id = '019a9a3e-2b4c-7000-8000-0123456789ab'
  const reference = transferReference(id)
  assert.match(reference, /^[0-9A-Z]{32}$/)
  assert.equal(payoutOfReference(` ${reference.toLowerCase()} `), id)
  for (const odd of ['', 'x', `${reference}0`, `=${reference.slice(1)}`, id]) {
    assert.isNull(payoutOfReference(odd))
  }
})

test('a proof is what its first bytes say', ({ assert }) => {
  assert.equal(proofTypeOf(Buffer.from('%PDF-1.7 …')), 'application/pdf')
  assert.equal(proofTypeOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1])), 'image/jpeg')
  assert.isNull(proofTypeOf(Buffer.from('<html><script>alert(1)</script>')))
  assert.isNull(proofTypeOf(Buffer.from('GIF89a %PDF-')))
  assert.isNull(proofTypeOf(Buffer.alloc(0)))
})
