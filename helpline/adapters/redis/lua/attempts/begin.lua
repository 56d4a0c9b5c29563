-- Count one more try; return how many came before it. After a quiet while, or by newer names, it is forgotten.
local count, last = KEYS[1], KEYS[2]
local life, quiet, most, name, now = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5])
local at, before = tonumber(redis.call('ZSCORE', last, name)), 0
if at and now - at < quiet then before = tonumber(redis.call('HGET', count, name)) or 0 end
redis.call('HSET', count, name, before + 1)
redis.call('ZADD', last, now, name)
while redis.call('ZCARD', last) > most do
  local oldest = redis.call('ZRANGE', last, 0, 1)
  local gone = oldest[1] == name and oldest[2] or oldest[1]
  redis.call('ZREM', last, gone)
  redis.call('HDEL', count, gone)
end
redis.call('EXPIRE', count, life)
redis.call('EXPIRE', last, life)
return before
