import { globSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

const views = () =>
  globSync('resources/views/**/*.edge', { cwd: app.makePath() }).map((file) => ({
    file,
    text: readFileSync(app.makePath(file), 'utf8'),
  }))

/** A view without its expressions, tags and comments: what is left is shown as it stands. */
function shownText(view: string): string {
  return view
    .replace(/\{\{--[^]*?--\}\}/g, '')
    .replace(/<style[^>]*>[^]*?<\/style>/g, '')
    .replace(/\{\{\{?[^]*?\}\}\}?/g, '')
    .replace(/^\s*@!?[\w.]+(?:\([^]*?\))?\s*$/gm, '')
    .replace(/<[^>]*>/g, '')
}

/** Attributes that a reader sees or hears. */
const spoken = /\b(?:title|aria-label|alt|placeholder|label)="([^"{]*\p{L}[^"{]*)"/gu

/** The plain part of a mail: no HTML, so nothing to escape. */
const isPlain = (file: string) => file.endsWith('_text.edge')

const isMail = (file: string) => /layouts.email\.edge|emails./.test(file)

test.group('Views', () => {
  test('hold no text of their own', ({ assert }) => {
    const found: string[] = []
    for (const { file, text } of views()) {
      for (const line of shownText(text).split('\n')) {
        if (/\p{L}{2,}/u.test(line)) found.push(`${file}: ${line.trim()}`)
      }
      for (const [, words] of text.matchAll(spoken)) found.push(`${file}: ${words}`)
    }
    assert.deepEqual(found, [])
  })

  test('hold no text of their own in the props of a component either', ({ assert }) => {
    const found: string[] = []
    for (const { file, text } of views()) {
      for (const [, name, words] of text.matchAll(/\b(label|title|text|hint): '([^']*)'/g)) {
        // The name of a setting is the same in every language.
        if (/\p{Ll}{2,}/u.test(words)) found.push(`${file}: ${name}: ${words}`)
      }
    }
    assert.deepEqual(found, [])
  })

  test('have nothing that the content security policy refuses', ({ assert }) => {
    for (const { file, text } of views().filter((view) => !isMail(view.file))) {
      assert.notMatch(text, /\son\w+\s*=\s*["']/i, `an inline handler in ${file}`)
      assert.notMatch(text, /\sstyle\s*=\s*["']/i, `an inline style in ${file}`)
      assert.notMatch(text, /<script(?![^>]*\bsrc=)/i, `an inline script in ${file}`)
      assert.notMatch(text, /javascript:/i, `a script address in ${file}`)
    }
  })

  test('name methods in Alpine’s attributes, no expressions', ({ assert }) => {
    for (const { file, text } of views()) {
      for (const [, value] of text.matchAll(/\sx-[\w:.-]+="([^"]*)"/g)) {
        assert.match(value, /^\w*$/, file)
      }
    }
  })

  test('take nothing from another site', ({ assert }) => {
    const sources = globSync('resources/{css,js,views}/**/*.*', { cwd: app.makePath() })
    for (const file of sources) {
      const text = readFileSync(app.makePath(file), 'utf8')
      assert.notMatch(text, /(?:src|href|url|import|from)\s*[=(]?\s*["'(](?:https?:)?\/\//i, file)
    }
  })

  test('escape what they show, but for what is HTML already', ({ assert }) => {
    const allowed = /^\{\{\{ await \$slots\.\w+\(\) \}\}\}$/
    const found: string[] = []
    for (const { file, text } of views().filter((view) => !isPlain(view.file))) {
      for (const [raw] of text.matchAll(/\{\{\{[^]*?\}\}\}/g)) {
        if (!allowed.test(raw)) found.push(`${file}: ${raw}`)
      }
    }
    // Barcodes and QR codes are SVG that the server draws.
    assert.deepEqual(
      found.filter((raw) => !raw.includes('barcode') && !raw.includes('qrCode')),
      []
    )
  })

  test('write attributes with the helper that escapes, not with Edge’s own', ({ assert }) => {
    for (const { file, text } of views()) assert.notMatch(text, /html\.attrs|toAttrs/, file)
  })

  test('write each tag on a line of its own: elsewhere Edge shows it as text', ({ assert }) => {
    const tag = /\S.*@(?:if|elseif|else|end|each|let|include|component|slot|!?\w+\.\w+|!\w+)\b\(?/
    for (const { file, text } of views()) {
      for (const line of text.split('\n')) {
        if (/^\s*@/.test(line)) continue
        assert.notMatch(line, tag, file)
      }
    }
  })
})
