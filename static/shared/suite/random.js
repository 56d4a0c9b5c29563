/** @param {number} length */
export const randomBytes = (length) => crypto.getRandomValues(new Uint8Array(length))
