/** A seller's leave to act for it. Its newest refresh token is the only one that works. */
export interface Grant {
  clientId: string
  accountId: number
  scope: string
  /** Null without offline access. */
  refreshToken: string | null
  refreshUntil: number
  publicKey: string
  liveMode: boolean
  linkedAt: number
  renewedAt: number
}

export interface AccessToken {
  token: string
  clientId: string
  accountId: number
  grantType: 'authorization_code' | 'client_credentials'
  liveMode: boolean
  expiresAt: number
}

export interface Challenge {
  value: string
  method: 'S256' | 'plain'
}

export interface AuthorizationCode {
  code: string
  clientId: string
  accountId: number
  redirectUri: string
  challenge: Challenge | null
  expiresAt: number
}
