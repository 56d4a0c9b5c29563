/** The certificate roles: what the members of a conversation see of each other. */

/** By their number on the wire. */
export const ROLES = ["", "person", "psychologist", "peer", "volunteer", "supervisor", "interpreter", "gateway", "probe"]

/** May hold a conversation: open it, ask, add, hand over, take over. */
export const LEADS = new Set(["psychologist", "peer", "volunteer", "supervisor", "probe"])

/** Whom the conversation is for: exactly one such leaf in every group. The gateway speaks for a person without encryption. */
export const PERSON_SIDE = new Set(["person", "gateway"])
