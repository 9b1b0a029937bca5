import { object, text } from '#app/gateway/adapter/json'
import {
  ProviderBusy,
  ProviderError,
  ProviderOutcomeUnknown,
  ProviderRefused,
} from '#app/gateway/provider_errors'

interface AnsweredError {
  response: Response
}

const isAnswered = (error: unknown): error is AnsweredError =>
  error instanceof Error && 'response' in error && error.response instanceof Response

/** What the failure of an exchange means: a refused code, or nobody knows. */
export async function exchangeError(error: unknown): Promise<ProviderError> {
  if (error instanceof ProviderError) return error
  if (!isAnswered(error)) return new ProviderOutcomeUnknown(error)
  const { status } = error.response
  if (status === 429) return new ProviderBusy(null)
  if (status >= 500) return new ProviderOutcomeUnknown(null)
  const body = object(await error.response.json().catch(() => null))
  return new ProviderRefused(status, text(body.error) ?? String(status), text(body.message) ?? '')
}
