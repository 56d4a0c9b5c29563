-- End the offer at her word.
local offer, her = open_offer(ARGV[1], ARGV[2], tonumber(ARGV[3]))
return offer and finish(offer, her)
