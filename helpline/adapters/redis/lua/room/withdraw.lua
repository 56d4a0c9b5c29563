-- Take back an offer that nobody has taken.
local offer, her = offered(ARGV[1])
if not offer or offer.taken then return false end
return finish(offer, her)
