import { test } from '@japa/runner'
import { boletoBarcode } from '#app/receivables/barcode'

test.group('The barcode of a boleto', () => {
  test('is drawn from its 44 digits', ({ assert }) => {
    const svg = boletoBarcode('23791164700000150003380260600001234500633330')!

    assert.match(svg, /^<svg viewBox="[\d. ]+"/)
    assert.notMatch(svg, /<script|style=|on\w+=/)
  })

  test('is left out for anything else', ({ assert }) => {
    for (const digits of [null, '', '1'.repeat(43), '1'.repeat(45), '<svg onload=x>']) {
      assert.isNull(boletoBarcode(digits))
    }
  })
})
