-- Say at which worker a name is now. The one where it was before is told at once that it moved. A worker that nothing
-- was heard of yet is heard of now: it must not be taken for dead before its first beat, nor be overlooked if it dies.
local worker_of, beats = KEYS[1], KEYS[2]
local life, name, worker, channel, moved = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local before = redis.call('HGET', worker_of, name)
redis.call('HSET', worker_of, name, worker)
local now = redis.call('TIME')
redis.call('ZADD', beats, 'NX', now[1] .. string.format('%06d', now[2]), worker)
redis.call('EXPIRE', worker_of, life)
redis.call('EXPIRE', beats, life)
if before and before ~= worker then redis.call('PUBLISH', channel .. before, moved) end
return 1
