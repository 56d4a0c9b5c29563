-- Forget the workers that were last heard of before this moment, and return the names that were there.
local dead, any, names = {}, false, {}
for _, worker in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[1])) do
  dead[worker], any = true, true
  redis.call('ZREM', KEYS[2], worker)
end
if not any then return names end
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if dead[all[i + 1]] then
    names[#names + 1] = all[i]
    redis.call('HDEL', KEYS[1], all[i])
  end
end
return names
