-- Keep one again that the store has lost: nothing if it is there.
local life, id, ticket, hash, staff, talk = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
if redis.call('HEXISTS', CLOSED, hash) == 1 then return 'closed' end
if redis.call('HEXISTS', BY_TICKET, ticket) == 1 or redis.call('HEXISTS', TALKS, id) == 1 then return 0 end
add(id, ticket, staff, talk)
keep(life)
return 1
