import env from '#start/env'
import { defineConfig, drivers } from '@adonisjs/core/encryption'
import { credentialKeys } from '#app/core/credential_keys'

/**
 * `app` protects what the framework signs and encrypts (cookies, sessions). Each credential key is
 * a driver of its own, named by its id, so that what an old key still protects can be counted.
 */
const keys = credentialKeys(env.get('CREDENTIAL_KEYS').release())

const encryptionConfig = defineConfig({
  default: 'app',
  list: {
    app: drivers.aes256gcm({ id: 'app', keys: [env.get('APP_KEY')] }),
    ...Object.fromEntries(
      keys.map(({ id, secret }) => [id, drivers.aes256gcm({ id, keys: [secret] })])
    ),
  },
})

export default encryptionConfig

declare module '@adonisjs/core/types' {
  export interface EncryptorsList extends InferEncryptors<typeof encryptionConfig> {}
}
