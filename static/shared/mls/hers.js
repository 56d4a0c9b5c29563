/** A conversation as her page holds it: she joins, writes, says yes or no, and leaves. What only a desk does is not in it. */
import { Exchange } from "./exchange.js"
import { aloneWithCounsellor, arrive } from "./join.js"

export class HerConversation extends Exchange {
  /**
   * @param {import("./join.js").Joining} joining
   * @throws {import("../refused.js").Refused} before a word has left
   */
  static join(joining) {
    return arrive(joining, async (arrival) => {
      const { trust } = joining
      await aloneWithCounsellor(trust, arrival)
      const conversation = new HerConversation({ ...arrival, trust, lead: arrival.host.index })
      conversation.in.set(arrival.host.id, 0)
      return conversation
    })
  }
}
