-- Make the offer if she waits without one, is connected and may be asked, and if the desk is free: 1, otherwise nothing changes.
local life, cap, again_at, offer = ARGV[1], tonumber(ARGV[2]), ARGV[3], cjson.decode(ARGV[4])
local her = person(offer.ticket)
if not her or her.offer or her.lost_at then return 0 end
local asked = her.asked[offer.staff_id]
if asked and tonumber(asked) > tonumber(offer.made_at) then return 0 end
if not is_free(offer.staff_id, cap) then return 0 end
her.asked[offer.staff_id] = again_at
her.offer = offer
put(her)
redis.call('HSET', OFFERS, offer.id, offer.ticket)
local hers = desk(offer.staff_id)
hers.offer = offer.id
put_desk(offer.staff_id, hers)
keep(life)
return 1
