-- Her socket is here again; a page that was loaded anew has made another key package.
local life, ticket, package = ARGV[1], ARGV[2], ARGV[3]
local her = person(ticket)
if not her then return false end
if package ~= '' then redis.call('HSET', PACKAGES, ticket, package) end
her.lost_at = nil
put(her)
keep(life)
return shown(her)
