-- Set her wish; an open offer to somebody whose role does not fit it any more is withdrawn.
local life, ticket, wish, roles = ARGV[1], ARGV[2], ARGV[3], cjson.decode(ARGV[4])
local her = person(ticket)
if not her then return 'gone' end
her.wish = wish
put(her)
keep(life)
local offer = her.offer
if not offer or offer.taken then return false end
for _, role in ipairs(roles) do
  if role == offer.role then return false end
end
return { finish(offer, her) }
