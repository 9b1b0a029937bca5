import { FOREIGN_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { bearer, connect } from './oauth_support.js'
import { bodyOf, textOf, type Answered, type TestSimulator } from './support.js'

export const SHOP = 'http://shop.example'

export function preferenceRequest(change: Record<string, unknown> = {}): Record<string, any> {
  return {
    items: [
      { id: 'p-1', title: 'Perfume', quantity: 2, unit_price: 40.25, currency_id: 'BRL' },
      { title: 'Gift wrap', quantity: 1, unit_price: 19.5 },
    ],
    payer: { email: 'ana@example.com', name: 'Ana', surname: 'Lima' },
    back_urls: {
      success: `${SHOP}/paid?cart=7`,
      pending: `${SHOP}/pending`,
      failure: `${SHOP}/failed`,
    },
    external_reference: 'cart-7',
    ...change,
  }
}

/** 2 × 40.25 + 19.50. */
export const TOTAL = 100

export function postPreference(
  simulator: TestSimulator,
  change: Record<string, unknown> = {},
  headers: Record<string, string> = {}
): Promise<Answered> {
  return simulator.call('POST', '/checkout/preferences', preferenceRequest(change), headers)
}

export function prefer(
  simulator: TestSimulator,
  change: Record<string, unknown> = {},
  headers: Record<string, string> = {}
): Promise<any> {
  return bodyOf(postPreference(simulator, change, headers))
}

/** What a payer does, without the page. */
export function payIn(
  simulator: TestSimulator,
  preferenceId: string,
  input: Record<string, unknown> = {}
): Promise<any> {
  return bodyOf(simulator.control(`/preferences/${preferenceId}/pay`, input))
}

/** The orders of one preference, latest first. */
export async function ordersOf(simulator: TestSimulator, preferenceId: string): Promise<any[]> {
  const path = `/merchant_orders/search?preference_id=${preferenceId}`
  const { body } = await simulator.get(path)
  return body.elements
}

export async function asSeller(simulator: TestSimulator, accountId = FOREIGN_ACCOUNT_ID) {
  const { access_token: token } = await connect(simulator, accountId)
  return bearer(token)
}

/** The address of a page of the simulator, without its origin. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

export function visit(simulator: TestSimulator, url: string): Promise<string> {
  return textOf(fetch(new URL(url, simulator.url)))
}

function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
}

/** The fields of one way to pay as the page shows them, as a browser without scripts would send them. */
export function formOf(html: string, offer: string): Record<string, string> {
  const forms = html.split('<form').filter((form) => form.includes(`name="offer" value="${offer}"`))
  if (forms.length !== 1) throw new Error(`the page offers ${offer} ${forms.length} times`)
  const [form] = forms[0].split('</form>')
  const inputs = [...form.matchAll(/<input name="(\w+)"[^>]*? value="([^"]*)"/g)]
  const hidden = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
  const selects = [...form.matchAll(/<select name="(\w+)">(.*?)<\/select>/gs)].map(
    ([, name, options]) => {
      const chosen = /<option value="([^"]*)" selected/.exec(options)
      return ['', name, (chosen ?? /<option value="([^"]*)"/.exec(options))![1]]
    }
  )
  return Object.fromEntries(
    [...inputs, ...hidden, ...selects].map(([, name, value]) => [name, unescaped(value)])
  )
}

/** Fills in and sends a form of the checkout; follows to where it leads. */
export async function submit(
  simulator: TestSimulator,
  url: string,
  offer: string,
  filled: Record<string, string> = {}
) {
  const fields = { ...formOf(await visit(simulator, url), offer), ...filled }
  const response = await fetch(`${simulator.url}/checkout/v1/redirect`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  return {
    status: response.status,
    url: response.url,
    headers: response.headers,
    html: await response.text(),
    fields,
  }
}

/** The link of a page that is called so. */
export function linkTo(html: string, text: string): string | null {
  const links = [...html.matchAll(/<a (?:class="button")? ?href="([^"]*)">([^<]*)<\/a>/g)]
  const found = links.find(([, , label]) => label === text)
  return found ? unescaped(found[1]) : null
}

export const AFTER = {
  tomorrow: () => new Date(Date.now() + 86_400_000).toISOString(),
  days: (count: number) => new Date(Date.now() + count * 86_400_000).toISOString(),
}

/** The type of each leaf by its path; an empty array or object is a leaf itself. */
export type Kinds = Record<string, string | undefined>

const WIRE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}-04:00$/

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'string' && WIRE_TIME.test(value) ? 'time' : typeof value
}

export function kindsOf(value: unknown, path = ''): Kinds {
  const isBranch = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  if (!isBranch) return { [path]: kindOf(value) }
  const inner = Object.entries(value).map(([name, one]) =>
    kindsOf(one, path === '' ? name : `${path}.${name}`)
  )
  return Object.assign({}, ...inner)
}
