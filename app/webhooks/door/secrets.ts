import { createSecretKey, type KeyObject } from 'node:crypto'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { webhookSecrets } from '#app/gateway/queries/webhook_secrets'

/** A secret that was taken back may still count for so long. A new one counts at once. */
const FRESH_MS = 1000

/** The secrets as keys. They are decrypted again only when the stored ciphertext is another. */
export class Secrets {
  /** Undefined before the first look. */
  #ciphertext: string | null | undefined
  #keys: KeyObject[] = []
  #lookedAt = -Infinity

  async current(): Promise<KeyObject[]> {
    const isFresh = performance.now() - this.#lookedAt < FRESH_MS
    return isFresh ? this.#keys : this.latest()
  }

  /** @returns the same array as before while nothing changed. */
  async latest(): Promise<KeyObject[]> {
    const config = await GatewayConfig.current()
    // A row that was just made has no such value yet.
    const ciphertext = config.webhookSecretsCiphertext ?? null
    if (ciphertext !== this.#ciphertext) {
      const secrets = await webhookSecrets()
      this.#keys = secrets.map((secret) => createSecretKey(secret, 'utf8'))
      this.#ciphertext = ciphertext
    }
    this.#lookedAt = performance.now()
    return this.#keys
  }
}
