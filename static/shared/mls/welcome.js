/** Into a group by a Welcome: looked at once by ourselves, since the library tells neither who invites nor what else was said. */
import { same } from "../bytes.js"
import { need, Refused } from "../refused.js"
import { useUp } from "./keypackage.js"
import { configuration, decryptGroupInfo, decryptGroupSecrets, emptyPskIndex, joinGroupWithExtensions, unwrap } from "./library.js"

/**
 * @typedef {import("./library.js").Trust} Trust
 * @typedef {import("./keypackage.js").Own} Own
 * @typedef {import("ts-mls").Welcome} Welcome
 */

const GROUP_ID_BYTES = 16

/** @param {Trust} trust @param {Own} own @param {import("ts-mls").PrivateKeyPackage} keys @param {Welcome} welcome */
async function lookInside({ suite }, own, keys, welcome) {
  try {
    const key = await suite.hpke.importPrivateKey(keys.initPrivateKey)
    const secrets = await decryptGroupSecrets(key, own.ref, welcome, suite.hpke)
    need(secrets, "welcome-not-for-us")
    need(secrets.psks.length === 0, "psk")
    const info = await decryptGroupInfo(welcome, secrets.joinerSecret, new Uint8Array(suite.kdf.size), suite)
    need(info, "welcome-invalid")
    return info
  } catch (cause) {
    throw cause instanceof Refused ? cause : new Refused("welcome-not-for-us", { cause })
  }
}

/** @param {Trust} trust @param {Own} own @param {import("ts-mls").PrivateKeyPackage} keys @param {Welcome} welcome */
async function enter(trust, own, keys, welcome) {
  try {
    const [state] = await joinGroupWithExtensions(welcome, own.publicPackage, keys, emptyPskIndex, trust.suite,
      undefined, undefined, configuration(trust))
    return state
  } catch (cause) {
    const credential = cause instanceof Error && cause.message === "Could not validate credential"
    throw new Refused((credential && trust.why) || "welcome-invalid", { cause })
  }
}

/**
 * The state that a Welcome leads to, the leaf of who invites, and what the GroupInfo says beside the tree. The members
 * are not judged yet.
 *
 * @param {Trust} trust
 * @param {Own} own - used up, also when this fails: one key package, one conversation
 * @param {Uint8Array} bytes
 * @param {Uint8Array} [groupId] - where it is known beforehand
 */
export async function openWelcome(trust, own, bytes, groupId) {
  const { welcome } = unwrap(bytes, "mls_welcome")
  need(welcome.cipherSuite === trust.suite.name, "suite") // ts-mls does not look at it
  need(own.privatePackage, "key-package-used")
  const info = await lookInside(trust, own, own.privatePackage, welcome)
  const { version, cipherSuite, extensions, groupId: theirs } = info.groupContext
  need(version === "mls10" && cipherSuite === trust.suite.name, "suite")
  need(extensions.length === 0, "group-extensions")
  need(theirs.length === GROUP_ID_BYTES && (!groupId || same(groupId, theirs)), "other-group")
  const keys = useUp(own)
  const state = await enter(trust, own, keys, welcome).finally(() => keys.initPrivateKey.fill(0))
  return { state, host: info.signer, said: info.extensions.filter(({ extensionType }) => extensionType !== "ratchet_tree") }
}
