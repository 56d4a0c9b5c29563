-- Say at which worker a name is now. The one where it was before is told at once that it moved.
local worker_of, beats, life, name, worker, channel, moved = KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local before = redis.call('HGET', worker_of, name)
redis.call('HSET', worker_of, name, worker)
redis.call('EXPIRE', worker_of, life)
redis.call('EXPIRE', beats, life)
if before and before ~= worker then redis.call('PUBLISH', channel .. before, moved) end
return 1
