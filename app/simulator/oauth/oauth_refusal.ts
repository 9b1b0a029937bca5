import { Refusal } from '../api/refusal.js'

const MESSAGES = {
  invalid_client: 'invalid client_id or client_secret',
  invalid_grant:
    'Error validating grant. Your authorization code or refresh token may be expired or it was already used.',
  invalid_scope: 'the requested scope is invalid, unknown or malformed',
  invalid_request: 'the request lacks a required parameter or has an unsupported one',
  unsupported_grant_type:
    'grant_type must be authorization_code, refresh_token or client_credentials',
  unauthorized_client: 'the application has no leave of the user to do this',
} as const

/** What the token endpoint answers instead of a token. */
export class OAuthRefusal extends Refusal {
  constructor(error: keyof typeof MESSAGES, detail?: string) {
    const message = detail ? `${MESSAGES[error]}: ${detail}` : MESSAGES[error]
    super(400, { message, error, status: 400, cause: [] })
  }
}
