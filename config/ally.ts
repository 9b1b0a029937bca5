import { defineConfig } from '@adonisjs/ally'
import { mercadoPagoProvider } from '#app/gateway/oauth/mercado_pago_driver'

const allyConfig = defineConfig({ mercadopago: mercadoPagoProvider })

export default allyConfig

declare module '@adonisjs/ally/types' {
  interface SocialProviders extends InferSocialProviders<typeof allyConfig> {}
}
