-- Put her at the end, or at the head, and give her her number. Numbers follow the clock, so that after a loss of the
-- whole store who joins then does not come before who waited already.
local life, limit, head, least = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1', tonumber(ARGV[4])
local her, package = cjson.decode(ARGV[5]), ARGV[6]
if person(her.ticket) then return 'waiting' end
if (tonumber(redis.call('HGET', COUNTS, LINE .. her.line)) or 0) >= limit then return 'full' end
local first = redis.call('ZRANGE', QUEUE, 0, 0, 'WITHSCORES')[2]
if head and first then
  her.number = tonumber(first) - 1
else
  her.number = math.max((tonumber(redis.call('HGET', COUNTS, LAST)) or 0) + 1, least)
  redis.call('HSET', COUNTS, LAST, string.format('%.0f', her.number))
end
add(her, package)
keep(life)
return shown(her)
