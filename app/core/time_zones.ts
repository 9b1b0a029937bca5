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

/** Where the zone's own name lacks its accents or is not said so there. */
const names: Record<string, string> = {
  'America/Sao_Paulo': 'São Paulo',
  'America/Bogota': 'Bogotá',
  'America/Mexico_City': 'Ciudad de México',
  'America/Cancun': 'Cancún',
  'America/Noronha': 'Fernando de Noronha',
}

export const timeZoneOptions = timeZones.map((zone) => ({
  value: zone,
  label: names[zone] ?? zone.split('/').at(-1)!.replaceAll('_', ' '),
}))
