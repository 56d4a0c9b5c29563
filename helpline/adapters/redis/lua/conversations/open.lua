-- Keep a new conversation, unless its id is known or its ticket has one or had one.
local life, id, ticket, hash, staff, talk = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
if redis.call('HEXISTS', BY_TICKET, ticket) == 1 or redis.call('HEXISTS', CLOSED, hash) == 1 then return 0 end
if redis.call('HEXISTS', TALKS, id) == 1 then return 0 end
local last = redis.call('ZREVRANGE', ORDER, 0, 0, 'WITHSCORES')
redis.call('HSET', TALKS, id, talk)
redis.call('HSET', BY_TICKET, ticket, id)
redis.call('ZADD', ORDER, (tonumber(last[2]) or 0) + 1, id)
local ids = of_staff(staff)
ids[#ids + 1] = id
put_of_staff(staff, ids)
keep(life)
return 1
