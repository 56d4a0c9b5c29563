-- Tell the worker where a name is. 1: it is the asking worker itself, or nowhere; 0: the other one was told.
local worker = redis.call('HGET', KEYS[1], ARGV[1])
if not worker or worker == ARGV[2] then return 1 end
redis.call('PUBLISH', ARGV[3] .. worker, ARGV[4])
return 0
