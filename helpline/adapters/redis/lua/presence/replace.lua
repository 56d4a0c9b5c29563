-- Put the new presence where the old one still stands. Empty means nothing there.
local key, life, who, old, new = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if (redis.call('HGET', key, who) or '') ~= old then return 0 end
if new == '' then redis.call('HDEL', key, who) else redis.call('HSET', key, who, new) end
redis.call('EXPIRE', key, life)
return 1
