/** The few things the desk asks over HTTP. A change brings the form token along, as every form does. */

/** @typedef {import("./keys.js").Answer} Answer */

/** The server answered with a code. */
export class OfficeError extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code)
    this.code = code
  }
}

/** @param {Response} response @returns {Promise<Answer>} */
async function read(response) {
  const body = await response.json()
  if (!response.ok) throw new OfficeError(String(body.code))
  return body
}

/** @param {string} csrf */
export const office = (csrf) => ({
  /** The certificates there are. */
  get: async () => read(await fetch("/day-keys")),

  /** Hand in public halves, by day. @param {Record<string, string>} keys */
  hand: async (keys) => {
    const body = JSON.stringify({ csrf, keys })
    return read(await fetch("/day-keys", { method: "POST", headers: { "Content-Type": "application/json" }, body }))
  },

  /** Remember the language, without leaving the page. @param {string} language */
  speak: async (language) => {
    const body = new URLSearchParams({ csrf, language, here: "1" })
    await fetch("/language", { method: "POST", body })
  },
})
