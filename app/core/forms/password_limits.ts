/** Characters of a password where one is chosen. */
export const MIN_PASSWORD = 12

/** No more than a password manager makes: hashing a megabyte is work for nothing. */
export const MAX_PASSWORD = 256
