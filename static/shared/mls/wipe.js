/** Overwrite what must not stay in memory. The engine may have made copies that nobody can reach: this is what a page can do. */

/** @typedef {import("./library.js").State} State */

/** @param {unknown} secrets - bytes, or anything that holds bytes; nothing else in it is touched */
export function wipe(secrets) {
  if (secrets instanceof Uint8Array) secrets.fill(0)
  else if (secrets && typeof secrets === "object") Object.values(secrets).forEach(wipe)
}

/** What one epoch alone has: its ratchets and key schedule. @param {State} state */
export const wipeEpoch = ({ keySchedule, secretTree }) => wipe([keySchedule, secretTree])

/** All there is, past epochs and private keys too. @param {State} state */
export function wipeState(state) {
  wipeEpoch(state)
  wipe([state.privatePath.privateKeys, state.signaturePrivateKey])
  for (const { secretTree, senderDataSecret, resumptionPsk } of state.historicalReceiverData.values()) {
    wipe([secretTree, senderDataSecret, resumptionPsk])
  }
}
