/** In whose name a mail comes, and how it looks. */
export interface Brand {
  name: string
  /** "#1d5c4b": behind white text. */
  color: string
  logoUrl: string | null
  contactEmail: string | null
  contactPhone: string | null
}

/** The product's own colour, for a business that has chosen none. */
export const PRODUCT_COLOR = '#0b5560'

/** Mails of the platform itself, to those who work with it. */
export const platformBrand = (name: string): Brand => ({
  name,
  color: PRODUCT_COLOR,
  logoUrl: null,
  contactEmail: null,
  contactPhone: null,
})
