-- Count one more in this minute; return the larger of the counts of this minute and the one before it.
local now = redis.call('INCR', KEYS[1])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return math.max(now, tonumber(redis.call('GET', KEYS[2]) or '0'))
