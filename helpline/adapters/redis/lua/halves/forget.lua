-- Drop those kept before this moment.
local kept = redis.call('HGETALL', KEYS[1])
for i = 1, #kept, 2 do
  if tonumber(string.match(kept[i + 1], '^%-?%d+')) < tonumber(ARGV[1]) then redis.call('HDEL', KEYS[1], kept[i]) end
end
return 1
