-- Take back the offer this counsellor has, unless she has taken it.
local id = desk(ARGV[1]).offer
if not id then return false end
local offer, her = offered(id)
if not offer or offer.taken then return false end
return finish(offer, her)
