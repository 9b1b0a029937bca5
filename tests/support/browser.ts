import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { browserClient } from '@japa/browser-client'
import app from '@adonisjs/core/services/app'
import { chromium, type LaunchOptions, type Page } from 'playwright-core'
import { appUrl } from '#config/app'
import type User from '#app/identity/models/user'
import { findChromium } from '#tests/support/chromium'
import { PASSWORD } from '#tests/support/given'

const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none']

const launcher = async (options: LaunchOptions) => {
  const { executablePath, env } = findChromium()
  return chromium.launch({ ...options, executablePath, env, args: ARGS })
}

export const browserPlugin = () =>
  browserClient({
    runInSuites: ['browser'],
    launcher,
    contextOptions: { baseURL: appUrl, locale: 'pt-BR', timezoneId: 'America/Sao_Paulo' },
    assertions: { timeout: 10_000 },
  })

/** Logs in as a person does; ends on the page that comes after. */
export async function logIn(page: Page, user: Pick<User, 'email'>, password = PASSWORD) {
  await page.goto('/login')
  await page.locator('input[name="email"]').fill(user.email)
  await page.locator('input[name="password"]').fill(password)
  await page.locator('input[name="password"]').press('Enter')
  await page.waitForURL((url) => url.pathname !== '/login')
}

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

/**
 * With `SHOTS=1`, writes the page to `tmp/shots/<name>-<size>-<scheme>.png`: two sizes, light and
 * dark. For looking at: a run that only tests is spared the time.
 */
export async function shot(page: Page, name: string) {
  if (!process.env.SHOTS) return
  const folder = app.tmpPath('shots')
  mkdirSync(folder, { recursive: true })
  const before = page.viewportSize()
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      // Colours change over a moment.
      await page.waitForTimeout(300)
      const path = join(folder, `${name}-${size}-${colorScheme}.png`)
      await page.screenshot({ path, fullPage: true })
    }
  }
  await page.emulateMedia({ colorScheme: null })
  if (before) await page.setViewportSize(before)
}
