import { readFile } from 'node:fs/promises'
import edge from 'edge.js'
import { addCollection, edgeIconify } from 'edge-iconify'
import app from '@adonisjs/core/services/app'
import type { I18n } from '@adonisjs/i18n'
import type { DateTime } from 'luxon'
import type { HttpRequest } from '@adonisjs/core/http'
import { formatDate, formatInstant, formatMonth, formatPercent } from '#app/core/date_text'
import { formatLocale } from '#app/core/format_locale'
import { attributes } from '#app/core/http/attributes'
import { badgeTone } from '#app/core/http/badge_tones'
import { LOCALES } from '#app/core/http/reader'
import { newPublicToken } from '#app/core/ids'
import { toDecimal } from '#app/core/money'
import { amountInput, formatMoney } from '#app/core/money_text'
import type User from '#app/identity/models/user'
import type Membership from '#app/tenants/models/membership'
import type Tenant from '#app/tenants/models/tenant'
import { navigation } from '#start/navigation'

/** What a page's state holds beside its own data. */
interface PageState {
  i18n: I18n
  timeZone?: string
  request?: HttpRequest
  flashMessages?: { get(key: string, otherwise?: unknown): unknown }
  reader?: User | null
  tenant?: Tenant
  membership?: Membership
}

const localeOf = ({ i18n, tenant }: PageState) => formatLocale(i18n.locale, tenant?.country)
const zoneOf = ({ timeZone }: PageState) => timeZone ?? 'America/Sao_Paulo'

const helpers = {
  money(this: PageState, amountMinor: number, currency: string) {
    return formatMoney({ amountMinor, currency }, localeOf(this))
  },

  /** What a money field shows for a stored amount. */
  amountText(this: PageState, amountMinor: number, currency: string) {
    return amountInput({ amountMinor, currency }, localeOf(this))
  },

  /** What scripts write numbers in. */
  numberLocale(this: PageState) {
    return localeOf(this)
  },

  /** "1234.56": for scripts, which know no minor units. */
  decimal: (amountMinor: number, currency: string) => toDecimal({ amountMinor, currency }),

  date(this: PageState, value: string | DateTime) {
    return formatDate(value, localeOf(this), zoneOf(this))
  },

  dateTime(this: PageState, value: DateTime) {
    return formatInstant(value, localeOf(this), zoneOf(this))
  },

  monthName(this: PageState, month: string) {
    return formatMonth(month, localeOf(this))
  },

  percent(this: PageState, value: string | number) {
    return formatPercent(value, localeOf(this))
  },

  /** The first message for a form field; nested ones are named "address[city]". */
  fieldError(this: PageState, name: string): string | undefined {
    const bag = (this.flashMessages?.get('inputErrorsBag') ?? {}) as Record<string, string[]>
    return bag[name.replace(/\[(\w+)\]/g, '.$1')]?.[0]
  },

  /** What was typed into a field before the form came back, else its stored value. */
  typed(this: PageState, name: string, stored: unknown) {
    const kept = this.flashMessages?.get(name.replace(/\[(\w+)\]/g, '.$1'))
    return typeof kept === 'string' || kept === null ? (kept ?? '') : (stored ?? '')
  },

  /** "light" or "dark" when the reader chose one; the system's otherwise. */
  chosenTheme(this: PageState): string | undefined {
    const chosen: unknown = this.request?.plainCookie('repasse-theme', { encoded: false })
    return chosen === 'light' || chosen === 'dark' ? chosen : undefined
  },

  navigation(this: PageState) {
    return navigation({ ...this, url: this.request?.url() ?? '/' })
  },

  attrs: attributes,
  badgeTone,
  locales: LOCALES,
  /** A fresh key for a form's hidden `_key`: see `once`. */
  formKey: newPublicToken,
}

for (const [name, helper] of Object.entries(helpers)) edge.global(name, helper)

const icons = new URL(import.meta.resolve('@iconify-json/lucide/icons.json'))
addCollection(JSON.parse(await readFile(icons, 'utf8')))
edge.use(edgeIconify, { defaultClass: 'icon' })

if (!app.inDev) {
  // Edge lists the components' files for every page anew: its cache setting comes too late for that.
  const components = edge.loader.listComponents()
  edge.loader.listComponents = () => components
}
