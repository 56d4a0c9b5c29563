// Assert that an attack is refused, and write down where and how: the table is tests/policy/refused.md.
import assert from "node:assert/strict"
import { appendFileSync } from "node:fs"

export const SERVER = "lying server"
export const DESK = "lying desk"

/** @param {[string, string, string, string, number | string]} row - attack, where, code, then, words out */
export function note(...row) {
  if (process.env.HELPLINE_POLICY_ROWS) appendFileSync(process.env.HELPLINE_POLICY_ROWS, `${JSON.stringify(row)}\n`)
}

/** Her words that leave after this: nothing may after a breach. */
async function wordsOut(page) {
  const before = page.sent.length
  page.drafts.push("SECRET")
  await page.flush().catch(() => {})
  return page.sent.length - before
}

/**
 * @param {string} attack
 * @param {string} where
 * @param {string} code
 * @param {() => Promise<unknown>} act
 * @param {object} [expected]
 * @param {import("./world.mjs").Page} [expected.page] - she goes on writing there
 * @param {boolean} [expected.ends] - the conversation is over, its keys are gone
 * @param {number} [expected.lets] - how many of her next words leave: 1 after what was only dropped
 */
export async function refuses(attack, where, code, act, { page, ends = false, lets = 0 } = {}) {
  const error = await act().then((result) => assert.fail(`${attack}: accepted ${result?.kind ?? result}`), (refused) => refused)
  assert.equal(error.code, code, `${attack}: ${error.stack} ${error.cause?.stack ?? ""}`)
  assert.equal(error.ends, ends, `${attack}: ends`)
  const left = page ? await wordsOut(page) : "-"
  if (page) assert.equal(left, lets, `${attack}: her words left`)
  if (page?.conversation && ends) assert.equal(page.conversation.state, undefined, `${attack}: keys are gone`)
  note(attack, where, code, ends ? "ended" : "dropped", left)
  return error
}
