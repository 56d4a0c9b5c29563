-- Her socket is gone: mark it, and withdraw an offer that nobody has taken.
local life, ticket, at = ARGV[1], ARGV[2], ARGV[3]
local her = person(ticket)
if not her then return 'gone' end
her.lost_at = at
put(her)
keep(life)
if not her.offer or her.offer.taken then return false end
return { finish(her.offer, her) }
