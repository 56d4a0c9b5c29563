// Official MLS vectors about the ratchet tree. Source: RFC 9420, section 7.
import { verifyLeafNodeSignature, verifyLeafNodeSignatureKeyPackage } from "ts-mls/leafNode.js"
import { applyUpdatePathSecret } from "ts-mls/createCommit.js"
import { verifyParentHashes } from "ts-mls/parentHash.js"
import { getCommitSecret, pathToPathSecrets } from "ts-mls/pathSecrets.js"
import { toPrivateKeyPath, updateLeafKey } from "ts-mls/privateKeyPath.js"
import { decodeProposal } from "ts-mls/proposal.js"
import { addLeafNode, decodeRatchetTree, encodeRatchetTree, getHpkePublicKey, removeLeafNode, resolution, updateLeafNode } from "ts-mls/ratchetTree.js"
import { treeHash, treeHashRoot } from "ts-mls/treeHash.js"
import { applyUpdatePath, createUpdatePath, decodeUpdatePath } from "ts-mls/updatePath.js"
import { belongTogether, check, context, decoded, equal, hex, signTogether, unhex } from "./tools.mjs"

export async function treeOperations(vector, suite) {
  const before = decoded(decodeRatchetTree, vector.tree_before, "tree before")
  equal(await treeHashRoot(before, suite.hash), vector.tree_hash_before, "tree hash before")
  const after = applied(before, decoded(decodeProposal, vector.proposal, "proposal"), vector.proposal_sender)
  check(hex(encodeRatchetTree(after)) === vector.tree_after, "tree after")
  equal(await treeHashRoot(after, suite.hash), vector.tree_hash_after, "tree hash after")
}

function applied(tree, proposal, sender) {
  if (proposal.proposalType === "add") return addLeafNode(tree, proposal.add.keyPackage.leafNode)[0]
  if (proposal.proposalType === "update") return updateLeafNode(tree, proposal.update.leafNode, sender)
  return removeLeafNode(tree, proposal.remove.removed)
}

export async function treeValidation({ tree: encoded, group_id: group, tree_hashes: hashes, resolutions }, suite) {
  const tree = decoded(decodeRatchetTree, encoded, "tree")
  check(hex(encodeRatchetTree(tree)) === encoded, "tree written again")
  check(await verifyParentHashes(tree, suite.hash), "parent hashes")
  for (const [node, expected] of resolutions.entries()) {
    check(String(resolution(tree, node)) === String(expected), `resolution of node ${node}`)
    equal(await treeHash(tree, node, suite.hash), hashes[node], `tree hash of node ${node}`)
    if (tree[node]?.nodeType === "leaf") check(await isSigned(tree[node].leaf, unhex(group), node / 2, suite), `leaf ${node / 2}`)
  }
}

const isSigned = (leaf, group, index, { signature }) =>
  leaf.leafNodeSource === "key_package" ? verifyLeafNodeSignatureKeyPackage(leaf, signature) : verifyLeafNodeSignature(leaf, group, index, signature)

export async function treeKem(vector, suite) {
  const tree = decoded(decodeRatchetTree, vector.ratchet_tree, "tree")
  const members = []
  for (const member of vector.leaves_private) members.push(await keysOf(member, tree, suite))
  for (const expected of vector.update_paths) {
    await theirPath(vector, tree, members, expected, suite)
    await ourPath(vector, tree, members, expected.sender, suite)
  }
}

/** A member's private keys, each held against the public one in the tree. */
async function keysOf({ index, encryption_priv: leafKey, signature_priv: signKey, path_secrets: secrets }, tree, suite) {
  const known = pathToPathSecrets(secrets.map(({ node, path_secret }) => ({ nodeIndex: node, secret: unhex(path_secret) })))
  const path = updateLeafKey(await toPrivateKeyPath(known, index, suite), unhex(leafKey))
  for (const [node, secret] of Object.entries(path.privateKeys)) {
    check(await belongTogether(secret, getHpkePublicKey(tree[node]), suite), `key of node ${node}`)
  }
  check(await signTogether(unhex(signKey), tree[2 * index].leaf.signaturePublicKey, suite), `signature key of leaf ${index}`)
  return { index, path, signKey: unhex(signKey) }
}

async function theirPath(vector, tree, members, expected, suite) {
  const path = decoded(decodeUpdatePath, expected.update_path, "update path")
  check(await verifyLeafNodeSignature(path.leafNode, unhex(vector.group_id), expected.sender, suite.signature), "leaf of the path")
  const updated = await applyUpdatePath(tree, expected.sender, path, suite.hash)
  equal(await treeHashRoot(updated, suite.hash), expected.tree_hash_after, "tree hash after")
  check(await verifyParentHashes(updated, suite.hash), "parent hashes after")
  const about = context({ ...vector, tree_hash: expected.tree_hash_after })
  for (const { index, path: own } of members.filter((member) => member.index !== expected.sender)) {
    const { nodeIndex, pathSecret } = await applyUpdatePathSecret(tree, own, expected.sender, about, path, [], suite)
    equal(pathSecret, expected.path_secrets[index], `path secret of leaf ${index}`)
    equal(await getCommitSecret(updated, nodeIndex, pathSecret, suite.kdf), expected.commit_secret, `commit secret of leaf ${index}`)
  }
}

/** A path of our own from the same sender: all the others come to the same secret. */
async function ourPath(vector, tree, members, sender, suite) {
  const from = members.find(({ index }) => index === sender)
  if (!from) return
  const about = context({ ...vector, tree_hash: "" })
  const [made, path, secrets] = await createUpdatePath(tree, sender, about, from.signKey, suite)
  const updated = await applyUpdatePath(tree, sender, path, suite.hash)
  check(hex(encodeRatchetTree(updated)) === hex(encodeRatchetTree(made)), "our tree is theirs")
  const after = { ...about, epoch: about.epoch + 1n, treeHash: await treeHashRoot(updated, suite.hash) }
  const top = secrets.at(-1)
  const expected = hex(await getCommitSecret(updated, top.nodeIndex, top.secret, suite.kdf))
  for (const { index, path: own } of members.filter((member) => member.index !== sender)) {
    const { nodeIndex, pathSecret } = await applyUpdatePathSecret(tree, own, sender, after, path, [], suite)
    equal(await getCommitSecret(updated, nodeIndex, pathSecret, suite.kdf), expected, `our commit secret of leaf ${index}`)
  }
}
