import { test } from '@japa/runner'
import { masked, pixKey } from '#app/payouts/destination_details'

test.group('A Pix key', () => {
  test('{kind} {typed} is kept as {key}')
    .with([
      { kind: 'cpf', typed: '111.444.777-35', key: '11144477735' },
      { kind: 'cnpj', typed: '12.abc.345/01de-35', key: '12ABC34501DE35' },
      { kind: 'email', typed: ' Finance@Example.COM ', key: 'finance@example.com' },
      { kind: 'phone', typed: '(11) 98765-4321', key: '+5511987654321' },
      { kind: 'phone', typed: '+55 11 3456-7890', key: '+551134567890' },
      {
        kind: 'random',
        typed: '123E4567-E89B-12D3-A456-426614174000',
        key: '123e4567-e89b-12d3-a456-426614174000',
      },
    ] as const)
    .run(({ assert }, { kind, typed, key }) => {
      assert.equal(pixKey(kind, typed), key)
    })

  test('{kind} {typed} is refused')
    .with([
      { kind: 'cpf', typed: '1114447773' },
      { kind: 'cnpj', typed: '11144477735' },
      { kind: 'email', typed: 'finance at example.com' },
      { kind: 'email', typed: `${'a'.repeat(70)}@example.com` },
      { kind: 'phone', typed: '+1 212 555 0100' },
      { kind: 'phone', typed: '987654321' },
      { kind: 'random', typed: '123e4567' },
    ] as const)
    .run(({ assert }, { kind, typed }) => {
      assert.isNull(pixKey(kind, typed))
    })
})

test.group('The mask of a destination', () => {
  test('shows {shown}')
    .with([
      { kind: 'pix', keyKind: 'cpf', key: '11144477735', shown: '***.444.777-**' },
      { kind: 'pix', keyKind: 'cnpj', key: '12ABC34501DE35', shown: '12.***.***/01DE-35' },
      { kind: 'pix', keyKind: 'email', key: 'finance@example.com', shown: 'f***@e***' },
      { kind: 'pix', keyKind: 'phone', key: '+5511987654321', shown: '+55 ** *****-4321' },
      {
        kind: 'pix',
        keyKind: 'random',
        key: '123e4567-e89b-12d3-a456-426614174000',
        shown: '123e***4000',
      },
    ] as const)
    .run(({ assert }, { shown, ...details }) => {
      assert.equal(masked(details), shown)
    })

  test('of a bank account keeps the end of its number only', ({ assert }) => {
    const shown = masked({
      kind: 'bank_account',
      bank: '341',
      branch: '0001',
      account: '1234567-8',
      holderName: 'Tenant Ltda',
    })
    assert.equal(shown, '341 / 0001 / ***7-8')
  })

  test('never shows the whole of a short account number', ({ assert }) => {
    const account = { kind: 'bank_account', bank: '341', branch: '1', holderName: 'T' } as const
    assert.equal(masked({ ...account, account: '12' }), '341 / 1 / ***')
  })
})
