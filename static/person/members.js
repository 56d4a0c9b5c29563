import { PERSON_SIDE } from "../shared/credential/roles.js"

/** The word for a certificate's role, and what is said when somebody with it comes in. */
const ROLES = /** @type {Record<string, string[]>} */ ({
  psychologist: ["role.psychologist", "joined.psychologist"],
  peer: ["role.peer", "joined.survivor"],
  volunteer: ["role.volunteer", "joined.volunteer"],
  supervisor: ["role.supervisor", "joined.supervisor"],
  interpreter: ["role.interpreter", "joined.interpreter"],
})

/** @typedef {{role: string, alias: string, me?: boolean}} Member */
/** @typedef {import("./words.js").Words} Words */

/** @param {Words} words @param {Member} member */
export const nameOf = (words, { alias, role }) => words.text("member.named", { alias, role: words.text(ROLES[role]?.[0] ?? "") })

/** @param {Words} words @param {Member} member */
export const joinedBy = (words, { alias, role }) => words.text(ROLES[role]?.[1] ?? "member.joined", { alias })

/** Everybody but her. @param {Member[]} members */
export const others = (members) => members.filter(({ role }) => !PERSON_SIDE.has(role))

/**
 * Who is here: each one a thread. The first who answers is drawn as one who answers, whoever comes after as one who joins.
 *
 * @param {HTMLElement} list
 * @param {Words} words
 * @param {Member[]} members - as computed from the tree
 * @param {string} lead - alias of the one who answers
 */
export function showMembers(list, words, members, lead) {
  const threads = [["thread her", words.text("chat.you")]]
  for (const member of others(members)) threads.push([member.alias === lead ? "thread answers" : "thread joins", nameOf(words, member)])
  list.replaceChildren(
    ...threads.map(([look, said]) => {
      const thread = document.createElement("li")
      thread.className = look
      thread.dir = "auto"
      thread.textContent = said
      return thread
    }),
  )
}
