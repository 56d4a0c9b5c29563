-- Put her back where she stood.
local life, her, package = ARGV[1], cjson.decode(ARGV[2]), ARGV[3]
if person(her.ticket) then return 'waiting' end
local last = tonumber(redis.call('HGET', COUNTS, LAST)) or 0
redis.call('HSET', COUNTS, LAST, string.format('%.0f', math.max(last, her.number)))
add(her, package)
keep(life)
return shown(her)
