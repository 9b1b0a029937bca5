import env from '#start/env'
import { defineConfig } from '@adonisjs/core/http'
import { clientAddress } from '#app/core/http/client_address'
import { isPrivateAddress } from '#app/core/http/private_addresses'

/** Where people and Mercado Pago reach the app; no trailing slash. */
export const appUrl = env.get('APP_URL').replace(/\/+$/, '')

/** Cookies travel over TLS only, unless the app itself is served in clear (demo, development). */
export const secureCookies = appUrl.startsWith('https://')

export const http = defineConfig({
  generateRequestId: true,
  allowMethodSpoofing: true,
  useAsyncLocalStorage: false,
  // A proxy in front is on this machine or its private network; nobody else may name an address.
  trustProxy: (address) => isPrivateAddress(address),
  getIp: clientAddress,
  cookie: {
    domain: '',
    path: '/',
    maxAge: '2h',
    httpOnly: true,
    secure: secureCookies,
    sameSite: 'lax',
  },
})
