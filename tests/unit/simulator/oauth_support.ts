import {
  FOREIGN_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
  PLATFORM_CLIENT_SECRET,
} from '../../../app/simulator/main.js'
import type { Answered, TestSimulator } from './support.js'

export const CALLBACK = 'http://127.0.0.1:1/tenant/gateway/callback'

export const CLIENT = { client_id: PLATFORM_CLIENT_ID, client_secret: PLATFORM_CLIENT_SECRET }

export interface Granted {
  access_token: string
  refresh_token: string
  public_key: string
  [field: string]: unknown
}

/** A code that a seller gave the platform's application. */
export async function consent(
  simulator: TestSimulator,
  input: Record<string, unknown> = {},
  clientId = PLATFORM_CLIENT_ID
): Promise<string> {
  const path = `/applications/${clientId}/consents`
  const { body } = await simulator.control(path, { account_id: FOREIGN_ACCOUNT_ID, ...input })
  return body.code
}

export function exchange(
  simulator: TestSimulator,
  code: string,
  more: Record<string, unknown> = {}
) {
  return simulator.call('POST', '/oauth/token', {
    ...CLIENT,
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    ...more,
  })
}

export function refresh(
  simulator: TestSimulator,
  token: string,
  more: Record<string, unknown> = {}
) {
  const body = { ...CLIENT, grant_type: 'refresh_token', refresh_token: token, ...more }
  return simulator.call('POST', '/oauth/token', body)
}

/** What the platform holds once a seller has connected. */
export async function connect(
  simulator: TestSimulator,
  accountId = FOREIGN_ACCOUNT_ID
): Promise<Granted> {
  const code = await consent(simulator, { account_id: accountId })
  const { body } = await exchange(simulator, code)
  return body
}

export async function errorOf(answer: Promise<Answered>): Promise<string> {
  const { body } = await answer
  return body.error
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
