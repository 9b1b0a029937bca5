/** The zones that a form offers: those of the countries that Mercado Pago serves. */
export const timeZones = [
  'America/Sao_Paulo',
  'America/Manaus',
  'America/Rio_Branco',
  'America/Noronha',
  'America/Argentina/Buenos_Aires',
  'America/Santiago',
  'America/Bogota',
  'America/Mexico_City',
  'America/Tijuana',
  'America/Cancun',
  'America/Lima',
  'America/Montevideo',
  'UTC',
] as const

/** "São Paulo" could be translated; the zone's own name is known everywhere. */
export const timeZoneOptions = timeZones.map((zone) => ({
  value: zone,
  label: zone.split('/').at(-1)!.replaceAll('_', ' '),
}))
