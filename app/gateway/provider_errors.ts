/** How a call to the provider may fail; what each means is decided by the caller. */
export abstract class ProviderError extends Error {}

/** A clear no: nothing was done. `code` is the provider's (1.5 of its errors), e.g. "7521". */
export class ProviderRefused extends ProviderError {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly providerMessage: string
  ) {
    super(`Mercado Pago refused: ${status}/${code}`)
  }
}

/** The token is not accepted (401, 403). */
export class ProviderCredentialRefused extends ProviderError {
  constructor(readonly status: number) {
    super(`Mercado Pago does not accept the credential: ${status}`)
  }
}

/** 404: missing, not readable yet, or another account's. */
export class ProviderNotFound extends ProviderError {}

/** 429, or a 5xx on a read: ask again later. */
export class ProviderBusy extends ProviderError {
  constructor(readonly retryAfterSeconds: number | null) {
    super('Mercado Pago asks to wait')
  }
}

/** A read that was answered with something else than what was asked: ask again later. */
export class ProviderUnreadable extends ProviderError {
  constructor(readonly cause: unknown) {
    super('Mercado Pago answered with something unreadable')
  }
}

/** Time-out, cut answer, 5xx on a write, or a success without an id: it may have been done. */
export class ProviderOutcomeUnknown extends ProviderError {
  constructor(readonly cause: unknown) {
    super('Nobody knows whether Mercado Pago did it')
  }
}
