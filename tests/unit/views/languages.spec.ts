import { globSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import i18nManager from '@adonisjs/i18n/services/main'

const LOCALES = ['pt-BR', 'es', 'en']

const translations = () =>
  Object.fromEntries(LOCALES.map((locale) => [locale, i18nManager.getTranslationsFor(locale)]))

/** The names that an ICU message takes: `{amount}`, `{count, plural, =1 {a text} other {…}}`. */
const placeholders = (message: string) =>
  [...new Set([...message.matchAll(/(?<!=\d+ )\{\s*(\w+)\s*[,}]/g)].map(([, name]) => name))].sort()

/** Keys as a view or a class names them: whole ones, and the fixed beginning of computed ones. */
function usedKeys() {
  const used: { file: string; key: string; isWhole: boolean }[] = []
  const files = globSync('{resources/views/**/*.edge,app/**/*.ts,start/*.ts}', {
    cwd: app.makePath(),
  })
  for (const file of files.filter((path) => !path.startsWith('app/simulator'))) {
    const text = readFileSync(app.makePath(file), 'utf8')
    for (const [, key] of text.matchAll(/\bt\(\s*'([\w.]+)'/g)) {
      used.push({ file, key, isWhole: true })
    }
    for (const [, key] of text.matchAll(/\bt\(\s*`([\w.]+)\$\{/g)) {
      used.push({ file, key, isWhole: false })
    }
    for (const [, key] of text.matchAll(/readonly key = '([\w.]+)'/g)) {
      used.push({ file, key: `errors.${key}`, isWhole: true })
    }
  }
  return used
}

test.group('The languages', () => {
  test('all have the same keys, none empty in one of them only', ({ assert }) => {
    const texts = translations()
    const expected = Object.keys(texts['pt-BR']).sort()
    assert.isAbove(expected.length, 100)
    for (const locale of LOCALES) {
      assert.deepEqual(Object.keys(texts[locale]).sort(), expected, locale)
      for (const [key, text] of Object.entries(texts[locale])) {
        assert.equal(text.trim() === '', texts['pt-BR'][key].trim() === '', `${locale} ${key}`)
      }
    }
  })

  test('take the same values in the same messages', ({ assert }) => {
    const texts = translations()
    for (const [key, text] of Object.entries(texts['pt-BR'])) {
      for (const locale of LOCALES) {
        assert.deepEqual(
          placeholders(texts[locale][key] ?? ''),
          placeholders(text),
          `${locale} ${key}`
        )
      }
    }
  })

  test('can be formatted, each message', ({ assert }) => {
    const values = new Proxy({} as Record<string, unknown>, {
      get: () => 2,
      has: () => true,
      ownKeys: () => [],
    })
    for (const [locale, texts] of Object.entries(translations())) {
      const i18n = i18nManager.locale(locale)
      for (const [key, text] of Object.entries(texts)) {
        const given = Object.fromEntries(placeholders(text).map((name) => [name, values[name]]))
        assert.doesNotThrow(() => i18n.formatRawMessage(text, given), `${locale} ${key}`)
      }
    }
  })

  test('have every key that the pages and the errors use', ({ assert }) => {
    const keys = Object.keys(translations()['pt-BR'])
    const used = usedKeys()
    assert.isAbove(used.length, 100)
    const missing = used.filter(({ key, isWhole }) =>
      isWhole ? !keys.includes(key) : !keys.some((known) => known.startsWith(key))
    )
    assert.deepEqual(
      missing.map(({ file, key }) => `${file}: ${key}`),
      []
    )
  })
})
