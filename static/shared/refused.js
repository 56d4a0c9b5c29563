/**
 * What this page will not accept. `code` is stable and says why, never what was in it.
 *
 * `ends` tells the two kinds apart: nobody in the group has signed it, or it is only late: dropped, nothing changes;
 * a member signed it against the policy: the conversation is over and its keys are gone.
 */
export class Refused extends Error {
  /**
   * @param {string} code
   * @param {{ends?: boolean, cause?: unknown}} [options]
   */
  constructor(code, { ends = false, cause } = {}) {
    super(code, { cause })
    this.code = code
    this.ends = ends
  }
}

/**
 * The one gate that every rule goes through.
 *
 * @param {unknown} ok
 * @param {string} code
 * @param {boolean} [ends] - a member broke the policy: the conversation is over
 * @returns {asserts ok}
 * @throws {Refused} when `ok` does not hold
 */
export function need(ok, code, ends = false) {
  if (!ok) throw new Refused(code, { ends })
}

/**
 * A rule that no honest page breaks: whoever signed this ends the conversation.
 *
 * @param {unknown} ok
 * @param {string} code
 * @returns {asserts ok}
 * @throws {Refused} that ends
 */
export function breach(ok, code) {
  need(ok, code, true)
}

/**
 * The refusal that a member's own signature has earned, whatever was wrong with what she signed.
 *
 * @param {unknown} error
 * @param {string} code - for an error that is not a Refused
 */
export const ending = (error, code) => new Refused(error instanceof Refused ? error.code : code, { ends: true, cause: error })
