-- Note that she is here again, and which key package a page loaded anew has made.
local life, ticket, package = ARGV[1], ARGV[2], ARGV[3]
local her = person(ticket)
if not her then return false end
count(her, -1)
her.lost_at = nil
count(her, 1)
put(her)
if package ~= '' then redis.call('HSET', PACKAGES, ticket, package) end
keep(life)
return shown(her)
