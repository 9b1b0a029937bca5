import { test } from '@japa/runner'
import fc from 'fast-check'
import { contrastWithWhite } from '#app/tenants/contrast'
import { readPicture } from '#app/tenants/picture'
import { jpeg, png } from '#tests/support/pictures'

const html = Buffer.from('<script>alert(1)</script>')

test.group('A logo', () => {
  test('is known by its content', ({ assert }) => {
    assert.deepEqual(readPicture(png(40, 30)), { contentType: 'image/png', width: 40, height: 30 })
    assert.deepEqual(readPicture(jpeg()), { contentType: 'image/jpeg', width: 3, height: 2 })
  })

  test('is nothing else, nothing cut off and nothing with something behind it', ({ assert }) => {
    const others = [
      Buffer.alloc(0),
      html,
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      Buffer.from('GIF89a'),
      png().subarray(0, -4),
      Buffer.concat([png(), html]),
      jpeg().subarray(0, -2),
      Buffer.concat([jpeg(), html]),
      png(0, 1),
    ]
    for (const other of others) assert.isNull(readPicture(other), other.toString('latin1'))
  })

  test('is read to an end whatever its bytes are', ({ assert }) => {
    const starts = [png().subarray(0, 8), png(), jpeg(), jpeg().subarray(0, 2)]
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        const picture = readPicture(Buffer.concat([start, rest]))
        assert.isTrue(picture === null || picture.width > 0)
      })
    )
  })
})

test.group('A colour behind white text', () => {
  test('is measured as WCAG does', ({ assert }) => {
    assert.equal(contrastWithWhite('#ffffff'), 1)
    assert.equal(contrastWithWhite('#000000'), 21)
    // The grey that is known for being just enough.
    assert.closeTo(contrastWithWhite('#767676'), 4.54, 0.005)
  })
})
