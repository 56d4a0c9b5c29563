-- Take the right of an ended conversation to begin anew: the first caller gets it.
local hash, from, to = ARGV[1], ARGV[2], ARGV[3]
local ended = redis.call('HGET', CLOSED, hash)
local at, by = string.match(ended or '', '^(%S+) (%S+)$')
if by ~= from then return 0 end
redis.call('HSET', CLOSED, hash, at .. ' ' .. to)
return 1
