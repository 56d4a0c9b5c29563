-- Her socket is here again.
local life, ticket = ARGV[1], ARGV[2]
local her = person(ticket)
if not her then return false end
her.lost_at = nil
put(her)
keep(life)
return shown(her)
